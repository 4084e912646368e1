import { asCurl } from '../../requests/asCode.ts';
import type { LoggedRequest } from '../../requests/loggedRequest.ts';
import type { CopyForm } from '../../requests/panelProtocol.ts';
import { asSdkCode } from '../../requests/sdkCode.ts';
import type { KeyDesk } from '../commands/desk.ts';
import { Refusal } from '../commands/failure.ts';

/** A request in a form to be copied; none of them holds a token. */
export function copyText({ session }: KeyDesk, request: LoggedRequest, form: CopyForm): string {
  const { state } = session;
  if (state.kind !== 'running') throw new Refusal({ kind: 'emulatorStopped' });
  switch (form) {
    case 'id':
      return request.id;
    case 'curl':
      return asCurl(request, state.origin);
    case 'code':
      return asSdkCode(request, state.origin);
    default:
      return form satisfies never;
  }
}

import * as vscode from 'vscode';
import type { EnforcementLease } from '../../management/enforcementLease.ts';
import type { KeyService } from '../../management/keyService.ts';
import type { EmulatorSession } from '../../management/emulatorSession.ts';

/** What was recorded, for whoever asks the service for it. */
export interface Recorded {
  readonly service: KeyService;
  /** `req_…`: the newest request before it began; undefined where there was none. */
  readonly after: string | undefined;
}

/** What holds while it is recorded. */
interface Running extends Recorded {
  readonly lease: EnforcementLease;
}

/** Whether requests are recorded now, told by a loud item in the status bar. While they are, nothing is refused unless it is asked for. */
export class Recording implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('keysmith.recording', vscode.StatusBarAlignment.Left);
  readonly #subscription;
  readonly #onDidChange;
  #running: Running | undefined;

  constructor(session: EmulatorSession, onDidChange: (on: boolean) => void) {
    this.#onDidChange = onDidChange;
    this.#item.name = vscode.l10n.t('Recording of Stripe requests');
    this.#item.text = `$(record) ${vscode.l10n.t('Recording Stripe requests')}`;
    this.#item.tooltip = vscode.l10n.t('Stop recording, and see the least that a key must be granted');
    this.#item.accessibilityInformation = { label: this.#item.tooltip, role: 'button' };
    this.#item.backgroundColor = new vscode.ThemeColor('statusBarItem.warningBackground');
    this.#item.command = 'keysmith.record.stop';
    // An emulator that is gone has no lease left to end.
    this.#subscription = session.onDidChangeState((state) => {
      if (state.kind !== 'running' || state.service !== this.#running?.service) this.#stop();
    });
  }

  get on(): boolean {
    return this.#running !== undefined;
  }

  begin(running: Running): void {
    this.#stop();
    this.#running = running;
    this.#item.show();
    this.#onDidChange(true);
  }

  /** Ends it, and with it the lease under which requests were let through. Undefined where nothing was recorded. */
  async end(): Promise<Recorded | undefined> {
    const running = this.#running;
    this.#stop();
    await running?.lease.end();
    return running;
  }

  /** What was let through is let through no longer once the lease runs out, whether or not this process lives to end it. */
  dispose(): void {
    void this.end(); // only sooner than by itself
    this.#subscription.dispose();
    this.#item.dispose();
  }

  #stop(): void {
    if (!this.#running) return;
    this.#running.lease.dispose();
    this.#running = undefined;
    this.#item.hide();
    this.#onDidChange(false);
  }
}

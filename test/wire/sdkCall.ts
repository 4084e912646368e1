import { Stripe } from 'stripe';
import type { Json } from './emulatorProgram.ts';
import type { RawAnswer } from './rawCall.ts';

/** A request as a program sends it through the official SDK. */
export interface SdkCall {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly parameters?: object;
  readonly account?: string;
  readonly context?: string;
  readonly idempotencyKey?: string;
}

/** The official SDK with a key, turned to the emulator. */
export function sdkOf({ host, port }: { readonly host: string; readonly port: number }, token: string): Stripe {
  return new Stripe(token, { host, port, protocol: 'http', maxNetworkRetries: 0, telemetry: false });
}

/** Sends a request through the SDK and tells the answer as it stood on the wire, as far as the SDK hands it on. */
export async function sdkCall(stripe: Stripe, call: SdkCall): Promise<RawAnswer> {
  const { method, path, parameters, account, context, idempotencyKey } = call;
  try {
    const json: Json = await stripe.rawRequest(method, path, parameters, {
      ...(account === undefined ? {} : { stripeAccount: account }),
      ...(context === undefined ? {} : { stripeContext: context }),
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    });
    return { status: json.lastResponse.statusCode, headers: json.lastResponse.headers, json };
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    const { headers, statusCode, requestId: _, ...body } = error.raw as Json;
    return { status: statusCode, headers, json: { error: body } };
  }
}

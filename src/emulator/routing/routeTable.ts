export type Method = 'GET' | 'POST' | 'DELETE';

export type RouteKind = 'list' | 'search' | 'create' | 'retrieve' | 'update' | 'delete' | 'action';

/**
 * How far a permission can be relied upon: `observed` a restricted key was refused by this name at this address;
 * `documented` written down for it by a page, a table or a message; `inferred` follows from the path or the object;
 * `decided` nothing speaks for it but plausibility.
 */
export type Sureness = 'observed' | 'documented' | 'inferred' | 'decided';

export interface Route {
  readonly method: Method;
  /** With named parameters: `/v1/customers/:customer/sources/:source`. */
  readonly path: string;
  /** Where it is answered, if not by api.stripe.com. */
  readonly host?: string;
  readonly kind: RouteKind;
  /** The `object` of what it answers with, or of what its list holds; absent where that is no API object. */
  readonly object?: string;
  /** Other objects it may answer with instead. */
  readonly also?: readonly string[];
  /** The answer is the stub of something that is gone: `deleted: true`. */
  readonly deleted?: boolean;
  /** In the order of the path: each parameter and the `object` it names. */
  readonly params?: Readonly<Record<string, string>>;
  /** The parameter that names the very object answered. */
  readonly id?: string;
  /** The parameter that names what that object is in. */
  readonly parent?: string;
  /** What a restricted key must have been given: `customer_read`. */
  readonly permission: string;
  readonly sure: Sureness;
  readonly source: string;
  /** No restricted key can be given the permission. */
  readonly unavailable?: boolean;
  /** Whether a publishable key may call it: freely, or with the `client_secret` of the very object. */
  readonly publishable?: 'yes' | 'client_secret';
  /** The SDK's methods that call it; none for what is known from the wire only. */
  readonly sdk: readonly string[];
}

export interface RouteTable {
  readonly sdk: string;
  readonly apiVersion: string;
  readonly routes: readonly Route[];
}

import type { ApiKey } from '../../domain/key.ts';
import type { ApiProblem, Result } from '../../domain/problem.ts';
import type { Route } from '../routing/routeTable.ts';
import type { Place } from '../store/objects.ts';
import type { Store } from '../store/store.ts';
import type { Parameters } from './parameters.ts';

/** A request that was let in, with all that an endpoint needs to answer it. */
export interface Visit {
  readonly store: Store;
  readonly route: Route;
  /** Undefined only where a request without a known key was let through unenforced. */
  readonly key: ApiKey | undefined;
  readonly place: Place;
  /** With payment details as Stripe keeps them: no endpoint is given a card's number. */
  readonly parameters: Parameters;
  /** The parts of the path by the names of the route. */
  readonly path: Readonly<Record<string, string | undefined>>;
  readonly now: Date;
}

/** The body of a 200, or why not. */
export type Answer = Result<unknown, ApiProblem>;

/**
 * Answers a visit, inside one transaction. What has to wait for something first promises the change instead, and changes nothing
 * before: the change then runs in a transaction of its own.
 */
export type Endpoint = (visit: Visit) => Answer | Promise<() => Answer>;

import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { KeyService, RequestFilter, RequestQuery } from '../../../src/management/keyService.ts';
import type { LoggedRequest } from '../../../src/requests/loggedRequest.ts';
import { noFilter, type RowList, type RowPage } from '../../../src/requests/panelProtocol.ts';
import { ok } from '../../../src/shared/result.ts';
import { RequestFeed } from '../../../src/ui/requests/requestFeed.ts';
import { aRequest } from '../requests/aRequest.ts';

/** A log whose answers come when the test lets them. */
class HeldLog {
  readonly all: LoggedRequest[] = [];
  readonly asked: (RequestQuery | RequestFilter)[] = [];
  #held: (() => void)[] = [];

  send(...ids: readonly number[]): void {
    for (const id of ids) this.all.unshift(aRequest({ id: `req_${id}` }));
  }

  /** Answers what was asked until nothing more is. */
  async settle(): Promise<void> {
    do {
      for (const answer of this.#held.splice(0)) answer();
      await new Promise((resolve) => setImmediate(resolve));
    } while (this.#held.length > 0);
  }

  readonly service = {
    requests: async (query: RequestQuery) => {
      await this.#turn(query);
      const end = query.after === undefined ? this.all.length : this.all.findIndex(({ id }) => id === query.after);
      const from = query.upTo === undefined ? 0 : this.all.findIndex(({ id }) => id === query.upTo);
      const found = this.all.slice(from, end).slice(query.offset ?? 0);
      return ok({ requests: found.slice(0, query.limit), more: found.length > query.limit });
    },
    requestSummary: async (filter: RequestFilter, find?: string) => {
      await this.#turn(filter);
      const place = this.all.findIndex(({ id }) => id === find);
      return ok({
        newest: this.all[0]?.id,
        total: this.all.length,
        count: this.all.length,
        place: place < 0 ? undefined : place,
        statuses: [200],
        methods: [],
        keys: [],
        accounts: [],
        minutes: [],
      });
    },
  } as unknown as KeyService;

  #turn(query: RequestQuery | RequestFilter): Promise<void> {
    this.asked.push(query);
    return new Promise((resolve) => this.#held.push(resolve));
  }
}

describe('the feed of the request log', () => {
  let log: HeldLog;
  let feed: RequestFeed;
  let lists: RowList[];
  let pages: RowPage[];
  let rows: string[];
  let changes: number;
  let clears: number;
  const session = { state: undefined as unknown };
  const running = (service: KeyService) => ({ kind: 'running', service, origin: 'http://127.0.0.1:1' });

  beforeEach(() => {
    log = new HeldLog();
    [lists, pages, rows, changes, clears] = [[], [], [], 0, 0];
    session.state = running(log.service);
    feed = new RequestFeed(
      session as ConstructorParameters<typeof RequestFeed>[0],
      {
        list: (list) => lists.push(list),
        page: (page) => pages.push(page),
        rows: (found) => rows.push(...found.map(({ id }) => id)),
        changed: () => (changes += 1),
        clear: () => (clears += 1),
      },
      (work) => void work.then(undefined, (error: unknown) => assert.fail(String(error))),
    );
  });
  afterEach(() => {
    feed.on = false;
  });
  const begun = async (): Promise<void> => {
    feed.on = true;
    await log.settle();
    feed.list({ ask: 1, filter: noFilter, find: '' });
    await log.settle();
  };

  it('tells a new request once, however often it is hurried while it asks', async () => {
    await begun();
    log.send(1, 2);
    for (let round = 0; round < 5; round += 1) feed.hurry();
    await log.settle();
    feed.hurry();
    feed.on = false;
    feed.on = true;
    await log.settle();
    log.send(3);
    feed.hurry();
    await log.settle();
    assert.deepEqual(rows, ['req_2', 'req_1', 'req_3']);
  });

  it('leaves no request out, and tells none twice, between a list and what comes after it', async () => {
    log.send(1);
    feed.on = true;
    feed.list({ ask: 1, filter: noFilter, find: '' });
    log.send(2);
    await log.settle();
    log.send(3);
    feed.hurry();
    await log.settle();
    const told = [...lists.flatMap((list) => list.rows.map(({ id }) => id)), ...rows];
    assert.deepEqual(told.toSorted(), ['req_1', 'req_2', 'req_3']);
  });

  it('answers the last list that was asked for, and the page around the request that is to be seen', async () => {
    log.send(...Array.from({ length: 500 }, (_, index) => index));
    await begun();
    lists.length = 0;
    feed.list({ ask: 2, filter: noFilter, find: '' });
    feed.list({ ask: 3, filter: { ...noFilter, status: 'refused', key: 'mk_1' }, find: 'req_250' });
    await log.settle();
    assert.deepEqual(
      lists.map(({ ask, offset, place, upTo, rows: found }) => [ask, offset, place, upTo, found.length]),
      [
        [2, 0, -1, 'req_499', 200],
        [3, 200, 249, 'req_499', 200],
      ].slice(-lists.length),
    );
    assert.equal(lists.at(-1)?.ask, 3);
    assert.ok(log.asked.some((query) => query.outcome === 'refused' && query.key === 'mk_1'));
  });

  it('gives a page of a list as it was', async () => {
    log.send(...Array.from({ length: 500 }, (_, index) => index));
    await begun();
    log.send(500, 501);
    feed.page({ ask: 1, filter: noFilter, upTo: 'req_499', offset: 400 });
    await log.settle();
    assert.deepEqual(
      [pages.length, pages[0]?.ask, pages[0]?.rows[0]?.id, pages[0]?.rows.length],
      [1, 1, 'req_99', 100],
    );
  });

  it('has the list asked for anew where too many came', async () => {
    log.send(1);
    await begun();
    log.send(...Array.from({ length: 1200 }, (_, index) => index + 2));
    feed.hurry();
    await log.settle();
    assert.deepEqual([changes > 0, rows], [true, []]);
  });

  it('says where there is another emulator, or none, and tells nothing of the one before', async () => {
    log.send(1);
    await begun();
    const before = clears;
    const other = new HeldLog();
    log.send(2);
    feed.hurry(); // it asks the old one
    session.state = running(other.service);
    await log.settle();
    await other.settle();
    feed.hurry();
    await other.settle();
    assert.deepEqual([clears - before, rows], [1, []]);
    session.state = { kind: 'stopped' };
    feed.hurry();
    await other.settle();
    assert.equal(clears - before, 2);
  });
});

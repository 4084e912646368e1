import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { noFilter, type RequestRow } from '../../../src/requests/panelProtocol.ts';
import { minutesShown, perMinute, points } from '../../../src/requests/perMinute.ts';
import { mostRows, RequestRows } from '../../../src/requests/requestRows.ts';
import { aRow } from './aRow.ts';

const shown = (rows: RequestRows): string[] =>
  Array.from({ length: rows.count }, (_, place) => rows.at(place)?.id ?? '');

describe('rows of the request log', () => {
  it('stand newest first, wherever they come in', () => {
    const rows = new RequestRows();
    rows.add([aRow(3), aRow(2)], true);
    rows.add([aRow(1)], true);
    assert.equal(rows.add([aRow(5), aRow(4)], false), 2);
    assert.deepEqual(shown(rows), ['req_5', 'req_4', 'req_3', 'req_2', 'req_1']);
    assert.deepEqual([rows.placeOf('req_4'), rows.placeOf('req_9'), rows.at(9)], [1, -1, undefined]);
  });

  for (const [filter, expected] of [
    [{ status: 'refused' }, ['req_2']],
    [{ status: 'failed' }, ['req_4']],
    [{ status: 'letThrough' }, ['req_5']],
    [{ status: 'allowed' }, ['req_3', 'req_1']],
    [{ since: '1970-01-01T00:00:02.000Z', until: '1970-01-01T00:00:04.000Z' }, ['req_3', 'req_2']],
    [{ status: '403' }, ['req_2']],
    [{ method: 'POST' }, ['req_3']],
    [{ mode: 'live' }, ['req_3']],
    [{ key: 'mk_2', method: 'GET' }, ['req_2']],
    [{ account: 'acct_9' }, []],
    [{ text: 'CUSTOMERS get' }, ['req_2']],
    [{ text: 'permissionmissing' }, ['req_2']],
    [{ text: 'req_1' }, ['req_1']],
  ] as const) {
    it(`are narrowed by ${JSON.stringify(filter)}, those to come too`, () => {
      const rows = new RequestRows();
      const all = [
        ...('status' in filter || 'since' in filter
          ? [
              aRow(5, { status: 200, refused: 'noKey', letThrough: true }),
              aRow(4, { status: 404, refused: 'objectNotFound' }),
            ]
          : []),
        aRow(3, { method: 'POST', mode: 'live' }),
        aRow(2, { path: '/v1/customers', key: 'mk_2', status: 403, refused: 'permissionMissing' }),
        aRow(1),
      ];
      rows.add(all, true);
      rows.narrow({ ...noFilter, ...filter });
      assert.deepEqual(shown(rows), expected);
      const later = new RequestRows();
      later.narrow({ ...noFilter, ...filter });
      assert.equal(later.add(all, false), expected.length);
      assert.deepEqual(shown(later), expected);
    });
  }

  it('are kept to a number, the oldest gone first', () => {
    const rows = new RequestRows();
    rows.narrow({ ...noFilter, method: 'POST' });
    rows.add(
      Array.from({ length: mostRows }, (_, index) => aRow(mostRows - index, index % 2 ? { method: 'POST' } : {})),
      true,
    );
    rows.add([aRow(mostRows + 2, { method: 'POST' }), aRow(mostRows + 1)], false);
    assert.deepEqual([rows.total, rows.all()[0]?.id], [mostRows, 'req_3']);
    assert.equal(rows.count, mostRows / 2);
    assert.deepEqual([rows.at(0)?.id, rows.at(rows.count - 1)?.id], [`req_${mostRows + 2}`, 'req_3']);
  });
});

describe('requests per minute', () => {
  const now = 100 * 60_000;
  const at = (minutesAgo: number, over: Partial<RequestRow> = {}): RequestRow =>
    aRow(0, { time: now - minutesAgo * 60_000, ...over });

  it('are counted by key, errors apart, of the last half hour', () => {
    const counts = perMinute(
      [
        at(31),
        at(29),
        at(2, { key: 'mk_2' }),
        at(1, { status: 404 }),
        at(0, { refused: 'permissionMissing' }),
        at(0),
        at(-1),
      ],
      now,
    );
    const first = counts.get('mk_1');
    assert.deepEqual([first?.total, first?.failed, first?.requests.at(-1), first?.requests[0]], [5, 2, 3, 1]);
    assert.deepEqual([counts.get('mk_2')?.total, counts.get('mk_2')?.requests[minutesShown - 3]], [1, 1]);
  });

  it('are added to those that were counted elsewhere', () => {
    const minute = now / 60_000;
    const counts = perMinute([at(0)], now, [
      { key: 'mk_1', minute: minute - 1, requests: 10, errors: 4 },
      { key: 'mk_1', minute: minute - 40, requests: 7, errors: 0 },
      { key: 'mk_2', minute: minute - 29, requests: 1, errors: 0 },
    ]);
    assert.deepEqual(
      [counts.get('mk_1')?.total, counts.get('mk_1')?.failed, counts.get('mk_2')?.requests[0]],
      [11, 4, 1],
    );
    assert.deepEqual(counts.get('mk_1')?.requests.slice(-2), [10, 1]);
  });

  it('are a line from left to right, the most at the top', () => {
    assert.equal(points([0, 2, 1], 2, 60, 10), '0.0,10.0 30.0,0.0 60.0,5.0');
    assert.equal(points([0, 0], 0, 60, 10), '0.0,10.0 60.0,10.0');
  });
});

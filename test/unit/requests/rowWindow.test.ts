import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { noFilter, rowsOfPage, type RowList } from '../../../src/requests/panelProtocol.ts';
import { RowWindow } from '../../../src/requests/rowWindow.ts';
import { aRow } from './aRow.ts';

/** Rows `from`, `from - 1`, …: the newest has the highest number. */
const rows = (from: number, count: number) => Array.from({ length: count }, (_, index) => aRow(from - index));

const aList = (over: Partial<RowList> = {}): RowList => ({
  ask: 1,
  offset: 0,
  rows: rows(1000, rowsOfPage),
  upTo: 'req_1000',
  total: 1000,
  count: 1000,
  place: -1,
  statuses: [],
  methods: [],
  keys: [],
  accounts: [],
  minutes: [],
  ...over,
});

describe('a window on the rows of the log', () => {
  let window: RowWindow;
  beforeEach(() => {
    window = new RowWindow();
    window.begin(aList(), noFilter);
  });

  it('has the first page, and asks once for what is looked at further down', () => {
    assert.deepEqual(
      [window.count, window.at(0)?.id, window.at(199)?.id, window.at(200)],
      [1000, 'req_1000', 'req_801', undefined],
    );
    assert.deepEqual(window.missing(0, 30), []);
    assert.deepEqual(window.missing(190, 420), [200, 400]);
    assert.deepEqual(window.missing(190, 420), []);
    window.take({ ask: 1, offset: 400, rows: rows(600, rowsOfPage) });
    assert.deepEqual([window.at(400)?.id, window.placeOf('req_590')], ['req_600', 410]);
    assert.deepEqual(window.missing(990, 5000), [800]);
  });

  it('puts those that came since in front, and finds the others behind them', () => {
    assert.equal(window.add(rows(1003, 3)), 3);
    assert.deepEqual(
      [window.count, window.total, window.at(0)?.id, window.at(3)?.id],
      [1003, 1003, 'req_1003', 'req_1000'],
    );
    assert.deepEqual(
      [window.placeOf('req_1002'), window.placeOf('req_1000'), window.placeOf('req_1'), window.placeOf('')],
      [1, 3, -1, -1],
    );
    assert.deepEqual(window.missing(0, 202), []);
    assert.deepEqual(window.missing(0, 203), [200]);
  });

  it('counts those that came since by its filter', () => {
    window.begin(aList({ count: 10, rows: rows(10, 10) }), { ...noFilter, method: 'POST' });
    assert.equal(window.add([aRow(1002, { method: 'POST' }), aRow(1001)]), 1);
    assert.deepEqual([window.count, window.total], [11, 1002]);
  });

  it('takes nothing that was asked for before', () => {
    window.begin(aList({ ask: 2 }), noFilter);
    window.take({ ask: 1, offset: 200, rows: rows(1, 1) });
    assert.deepEqual([window.at(200), window.count], [undefined, 1000]);
  });

  it('ends where the log ends by now', () => {
    window.take({ ask: 1, offset: 800, rows: rows(200, 50) });
    assert.equal(window.count, 850);
    window.take({ ask: 1, offset: 600, rows: [] });
    assert.equal(window.count, 600);
  });

  it('keeps fifty pages, and drops those that were not looked at for the longest time', () => {
    window.begin(aList({ count: 100_000, total: 100_000 }), noFilter);
    for (let page = 1; page < 50; page += 1)
      window.take({ ask: 1, offset: page * rowsOfPage, rows: rows(5000, rowsOfPage) });
    assert.deepEqual(window.missing(0, 10), []);
    window.take({ ask: 1, offset: 50 * rowsOfPage, rows: rows(5000, rowsOfPage) });
    assert.deepEqual([window.at(0) !== undefined, window.at(rowsOfPage)], [true, undefined]);
    assert.deepEqual(window.missing(rowsOfPage, rowsOfPage), [rowsOfPage]);
  });

  it('grows old with many new ones, and is empty when it is cleared', () => {
    window.add(rows(3000, 2000));
    assert.equal(window.stale, false);
    window.add(rows(3001, 1));
    assert.equal(window.stale, true);
    window.clear();
    assert.deepEqual([window.count, window.total, window.stale, window.missing(0, 30)], [0, 0, false, []]);
  });
});

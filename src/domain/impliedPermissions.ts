/** Having any level of `resource` also gives `implies`. */
export interface Implication {
  readonly resource: string;
  /** Only this level implies; otherwise both do. */
  readonly level?: 'read' | 'write';
  readonly implies: readonly string[];
  /** D Stripe's app permissions page; E its table of events; T reported by a third party; I inferred. */
  readonly source: string;
}

/**
 * What a permission brings along without being asked for. One row is one statement of its source, so that a row can be
 * corrected by itself; that writing implies reading is a rule of its own and is not repeated here.
 */
export const implications: readonly Implication[] = [
  {
    resource: 'balance_transaction_source',
    implies: ['application_fee_read', 'balance_read', 'transfer_read'],
    source: 'D',
  },
  {
    resource: 'balance_transaction_source',
    implies: ['payout_read', 'capital_for_platforms_financing_transaction_read'],
    source: 'T,E',
  },
  {
    resource: 'checkout_session',
    implies: [
      'mandate_read',
      'payment_intent_read',
      'payment_links_read',
      'product_read',
      'setup_intent_read',
      'sku_read',
    ],
    source: 'D',
  },
  { resource: 'credit_note', implies: ['invoice_read'], source: 'D' },
  { resource: 'customer', implies: ['billing_clock_read'], source: 'D' },
  { resource: 'invoice', implies: ['credit_note_read'], source: 'D' },
  { resource: 'payment_intent', implies: ['product_read', 'sku_read'], source: 'D' },
  { resource: 'payment_links', implies: ['mandate_read', 'product_read', 'sku_read'], source: 'D' },
  { resource: 'payment_method', implies: ['source_read'], source: 'D' },
  // "Plans, Prices, and (implicitly) Products" names no level: each level is taken to bring its own.
  { resource: 'plan', level: 'read', implies: ['product_read'], source: 'D' },
  { resource: 'plan', level: 'write', implies: ['product_read', 'product_write'], source: 'D' },
  { resource: 'quote', implies: ['product_read', 'sku_read'], source: 'D' },
  { resource: 'setup_intent', implies: ['mandate_read'], source: 'D' },
  { resource: 'transfer', implies: ['payout_read', 'payout_write'], source: 'D' },
  // An upload without the right was refused by naming disputes, so writing disputes must be enough for evidence files.
  { resource: 'dispute', level: 'write', implies: ['file_write'], source: 'T,I' },
];

/**
 * The permissions a restricted key can be given, as the Dashboard groups and names them: 158 names over 94 resources.
 * The list is the vocabulary the managed-keys API accepted, name by name, in 2026-09.
 */
export type PermissionLevel = 'read' | 'write';

export type PermissionGroup =
  | 'Core'
  | 'Checkout'
  | 'Billing'
  | 'Tax'
  | 'Connect'
  | 'Capital'
  | 'Orders'
  | 'Issuing'
  | 'Treasury'
  | 'Terminal'
  | 'Reporting'
  | 'Developers';

export interface PermissionResource {
  readonly group: PermissionGroup;
  readonly resource: string;
  /** As the Dashboard writes it. */
  readonly label: string;
  readonly levels: readonly PermissionLevel[];
  /** As an API refusal names it, where that is not the label in title case. */
  readonly wireLabel?: string;
}

/** A resource the API names in refusals or in its app documentation, but the Dashboard's list does not offer. */
export interface WireOnlyResource {
  readonly resource: string;
  readonly label: string;
  readonly levels: readonly PermissionLevel[];
  /** M real refusals; T third-party probes of restricted keys; D Stripe's app permissions page; S its schema. */
  readonly source: string;
}

const both = ['read', 'write'] as const;
const readOnly = ['read'] as const;
const writeOnly = ['write'] as const;

export const permissionCatalogue: readonly PermissionResource[] = [
  { group: 'Core', resource: 'apple_pay_domain', label: 'Apple Pay domains', levels: both },
  { group: 'Core', resource: 'balance', label: 'Balance', levels: readOnly },
  { group: 'Core', resource: 'balance_transaction_source', label: 'Balance transaction sources', levels: readOnly },
  { group: 'Core', resource: 'charge', label: 'Charges and refunds', levels: both },
  { group: 'Core', resource: 'confirmation_token', label: 'Confirmation tokens', levels: readOnly },
  { group: 'Core', resource: 'confirmation_token_client', label: 'Confirmation tokens (client)', levels: both },
  { group: 'Core', resource: 'customer', label: 'Customers', levels: both },
  { group: 'Core', resource: 'customer_session', label: 'Customer sessions', levels: both },
  { group: 'Core', resource: 'dispute', label: 'Disputes', levels: both },
  { group: 'Core', resource: 'event', label: 'Events', levels: readOnly },
  { group: 'Core', resource: 'file', label: 'Files', levels: both },
  { group: 'Core', resource: 'mandate', label: 'Mandates', levels: both },
  { group: 'Core', resource: 'payment_intent', label: 'Payment intents', levels: both },
  { group: 'Core', resource: 'payment_method', label: 'Payment methods', levels: both },
  { group: 'Core', resource: 'payment_method_configurations', label: 'Payment method configurations', levels: both },
  { group: 'Core', resource: 'payment_method_domain', label: 'Payment method domains', levels: both },
  { group: 'Core', resource: 'payment_records', label: 'Payment records', levels: both },
  { group: 'Core', resource: 'payout', label: 'Payouts', levels: both },
  { group: 'Core', resource: 'payout_intent', label: 'Payout intents', levels: readOnly },
  { group: 'Core', resource: 'product', label: 'Products', levels: both },
  { group: 'Core', resource: 'review', label: 'Reviews', levels: both },
  { group: 'Core', resource: 'setup_intent', label: 'Setup intents', levels: both },
  { group: 'Core', resource: 'source', label: 'Sources', levels: both },
  { group: 'Core', resource: 'token', label: 'Tokens', levels: both },
  { group: 'Core', resource: 'transaction', label: 'Transactions', levels: readOnly },
  { group: 'Checkout', resource: 'checkout_session', label: 'Checkout sessions', levels: both },
  { group: 'Checkout', resource: 'payment_links', label: 'Payment links', levels: both },
  { group: 'Checkout', resource: 'shipping_rate', label: 'Shipping rates', levels: both },
  { group: 'Billing', resource: 'billing_profile', label: 'Billing profiles', levels: both },
  { group: 'Billing', resource: 'billing_settings', label: 'Billing settings', levels: both },
  { group: 'Billing', resource: 'billing_intent', label: 'Billing intents', levels: readOnly },
  { group: 'Billing', resource: 'coupon', label: 'Coupons', levels: both },
  { group: 'Billing', resource: 'credit_note', label: 'Credit notes', levels: both },
  { group: 'Billing', resource: 'customer_portal', label: 'Customer portal', levels: both },
  { group: 'Billing', resource: 'entitlement', label: 'Entitlements', levels: readOnly },
  { group: 'Billing', resource: 'invoice', label: 'Invoices', levels: both },
  { group: 'Billing', resource: 'billing_meter', label: 'Meters', levels: both },
  { group: 'Billing', resource: 'billing_meter_event', label: 'Meter events', levels: both },
  { group: 'Billing', resource: 'billing_analytics_meter_usage', label: 'Meter usage analytics', levels: readOnly },
  { group: 'Billing', resource: 'plan', label: 'Plans and prices', levels: both, wireLabel: 'Prices' },
  { group: 'Billing', resource: 'product_catalog_import', label: 'Product catalog imports', levels: both },
  { group: 'Billing', resource: 'promotion_code', label: 'Promotion codes', levels: both },
  { group: 'Billing', resource: 'quote', label: 'Quotes', levels: both },
  { group: 'Billing', resource: 'rate_card', label: 'Rate cards', levels: writeOnly },
  { group: 'Billing', resource: 'rate_card_subscription', label: 'Rate card subscriptions', levels: writeOnly },
  { group: 'Billing', resource: 'subscription', label: 'Subscriptions', levels: both },
  { group: 'Billing', resource: 'billing_clock', label: 'Test clocks', levels: both },
  { group: 'Billing', resource: 'usage_record', label: 'Usage records', levels: both },
  {
    group: 'Tax',
    resource: 'tax_calculations_and_transactions',
    label: 'Tax calculations and transactions',
    levels: both,
  },
  { group: 'Tax', resource: 'tax_locations', label: 'Tax locations', levels: both },
  { group: 'Tax', resource: 'tax_rate', label: 'Tax rates', levels: both },
  { group: 'Tax', resource: 'tax_settings', label: 'Tax settings', levels: both },
  { group: 'Connect', resource: 'account_link', label: 'Account links', levels: writeOnly },
  { group: 'Connect', resource: 'application_fee', label: 'Application fees', levels: both },
  { group: 'Connect', resource: 'connected_account', label: 'Connected accounts', levels: readOnly },
  { group: 'Connect', resource: 'edit_link', label: 'Edit links', levels: writeOnly },
  { group: 'Connect', resource: 'fee_domain_resources', label: 'Fee domain resources', levels: readOnly },
  { group: 'Connect', resource: 'top_up', label: 'Top-ups', levels: both },
  { group: 'Connect', resource: 'transfer', label: 'Transfers', levels: both },
  { group: 'Capital', resource: 'capital_for_platforms_financing_offer', label: 'Financing offers', levels: both },
  {
    group: 'Capital',
    resource: 'capital_for_platforms_financing_summary',
    label: 'Financing summary',
    levels: readOnly,
  },
  {
    group: 'Capital',
    resource: 'capital_for_platforms_financing_transaction',
    label: 'Financing transactions',
    levels: readOnly,
  },
  { group: 'Orders', resource: 'order', label: 'Orders', levels: both },
  { group: 'Orders', resource: 'sku', label: 'SKUs', levels: both },
  { group: 'Issuing', resource: 'issuing', label: 'All Issuing resources', levels: both },
  { group: 'Issuing', resource: 'issuing_authorization', label: 'Authorizations', levels: both },
  { group: 'Issuing', resource: 'issuing_card', label: 'Cards', levels: both },
  { group: 'Issuing', resource: 'issuing_cardholder', label: 'Cardholders', levels: both },
  { group: 'Issuing', resource: 'issuing_credit_ledger', label: 'Credit ledger', levels: both },
  { group: 'Issuing', resource: 'issuing_dispute', label: 'Disputes', levels: both },
  { group: 'Issuing', resource: 'issuing_token', label: 'Tokens', levels: both },
  { group: 'Issuing', resource: 'issuing_token_network_data', label: 'Token network data', levels: readOnly },
  { group: 'Issuing', resource: 'issuing_transaction', label: 'Transactions', levels: both },
  { group: 'Issuing', resource: 'issuing_verification', label: 'Verifications', levels: writeOnly },
  { group: 'Treasury', resource: 'financial_account', label: 'Financial accounts', levels: readOnly },
  { group: 'Treasury', resource: 'inbound_transfer', label: 'Inbound transfers', levels: readOnly },
  { group: 'Treasury', resource: 'outbound_payment', label: 'Outbound payments', levels: readOnly },
  { group: 'Treasury', resource: 'outbound_transfer', label: 'Outbound transfers', levels: readOnly },
  { group: 'Treasury', resource: 'received_credit', label: 'Received credits', levels: readOnly },
  { group: 'Treasury', resource: 'received_debit', label: 'Received debits', levels: readOnly },
  { group: 'Treasury', resource: 'recipient_verification', label: 'Recipient verifications', levels: readOnly },
  { group: 'Treasury', resource: 'treasury_transaction', label: 'Treasury transactions', levels: readOnly },
  { group: 'Terminal', resource: 'terminal_configuration', label: 'Configurations', levels: both },
  { group: 'Terminal', resource: 'terminal_connection_token', label: 'Connection tokens', levels: writeOnly },
  { group: 'Terminal', resource: 'terminal_location', label: 'Locations', levels: both },
  { group: 'Terminal', resource: 'terminal_reader', label: 'Readers', levels: both },
  { group: 'Reporting', resource: 'adjustment', label: 'Adjustments', levels: readOnly },
  { group: 'Reporting', resource: 'report_runs_and_report_types', label: 'Report runs and report types', levels: both },
  { group: 'Developers', resource: 'api_key', label: 'API keys', levels: writeOnly },
  {
    group: 'Developers',
    resource: 'provisioning_account_request',
    label: 'Provisioning account requests',
    levels: both,
  },
  { group: 'Developers', resource: 'provisioning_project', label: 'Provisioning projects', levels: both },
  { group: 'Developers', resource: 'provisioning_resource', label: 'Provisioning resources', levels: both },
  { group: 'Developers', resource: 'secret', label: 'Secrets', levels: both },
  { group: 'Developers', resource: 'webhook', label: 'Webhook endpoints', levels: both },
];

/**
 * Seen on the wire, not in the Dashboard's list. Their labels are ours where `source` is not M, except that
 * "Basic Business Contact Information" was read off a refusal.
 */
export const wireOnlyPermissions: readonly WireOnlyResource[] = [
  { resource: 'accounts_kyc_basic', label: 'Basic business contact information', levels: readOnly, source: 'M' },
  { resource: 'accounts_kyc_id_numbers', label: 'Business identification numbers', levels: readOnly, source: 'M' },
  // The Dashboard offers to read connected accounts; refusals also name the writing of them.
  { resource: 'connected_account', label: 'Connected accounts', levels: writeOnly, source: 'M' },
  { resource: 'stripecli_session', label: 'Stripe CLI sessions', levels: writeOnly, source: 'M,S' },
  { resource: 'identity_product', label: 'Identity verification sessions and reports', levels: both, source: 'T' },
  { resource: 'climate_order', label: 'Climate orders', levels: both, source: 'T' },
  { resource: 'tax_id', label: 'Tax IDs', levels: both, source: 'T' },
  { resource: 'ephemeral_key', label: 'Ephemeral keys', levels: writeOnly, source: 'T' },
  { resource: 'billing_meter_event_adjustment', label: 'Meter event adjustments', levels: writeOnly, source: 'T' },
  { resource: 'elements', label: 'Elements', levels: writeOnly, source: 'S,D' },
  { resource: 'user_email', label: 'User emails', levels: readOnly, source: 'S,D' },
  { resource: 'funding_instruction', label: 'Funding instructions', levels: readOnly, source: 'D' },
  { resource: 'issuing_card_sensitive', label: 'Sensitive card details', levels: readOnly, source: 'D' },
];

/** Names that older refusals used for resources of the catalogue. They are understood when read, never written. */
export const resourceAliases: ReadonlyMap<string, string> = new Map([
  ['topup', 'top_up'],
  ['tax_transaction', 'tax_calculations_and_transactions'],
  ['financial_statement', 'report_runs_and_report_types'],
  ['issuing_network_token', 'issuing_token'],
]);

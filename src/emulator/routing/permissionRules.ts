import type { PermissionLevel } from '../../domain/permissionCatalogue.ts';
import type { Method, Sureness } from './routeTable.ts';

/**
 * Which permission guards an address that was not observed itself. The first rule that fits wins, so what is narrower
 * stands above what is wider. To correct one, change its line and run `node scripts/readRoutes.ts`.
 */
export interface PermissionRule {
  /** Fits an address that starts with these segments; `:x` fits any parameter, and only a parameter. */
  readonly path: string;
  /** Fits this method only. */
  readonly method?: Method;
  readonly resource: string;
  /** What is needed whatever the method; otherwise GET needs reading and every other method writing. */
  readonly level?: PermissionLevel;
  /** No restricted key can be given what this level needs here. */
  readonly unavailable?: PermissionLevel;
  /**
   * T third-party probes of restricted keys; M real refusals; E Stripe's table of events and permissions; D its app
   * permissions page; K the SDK's own comments; V3 third-party code or notes; I the path or the object; `-` nothing.
   */
  readonly source: string;
  readonly sure: Exclude<Sureness, 'observed'>;
}

export const permissionRules: readonly PermissionRule[] = [
  // Accounts and Connect
  { path: '/v1/account/login_links', resource: 'edit_link', source: 'T', sure: 'documented' },
  { path: '/v1/account', resource: 'accounts_kyc_basic', source: 'M', sure: 'documented' },
  { path: '/v1/account_links', resource: 'account_link', source: 'T', sure: 'documented' },
  // Like a link, a session opens an account's own pages to whoever holds it.
  { path: '/v1/account_sessions', resource: 'account_link', source: '-', sure: 'decided' },
  { path: '/v1/accounts/:account/login_links', resource: 'edit_link', source: 'T,D', sure: 'documented' },
  { path: '/v1/accounts/:account/persons', resource: 'connected_account', source: 'E,M', sure: 'documented' },
  { path: '/v1/accounts/:account/external_accounts', resource: 'connected_account', source: 'E,M', sure: 'documented' },
  { path: '/v1/accounts/:account/capabilities', resource: 'connected_account', source: 'I', sure: 'inferred' },
  { path: '/v1/accounts/:account', method: 'GET', resource: 'accounts_kyc_basic', source: 'M', sure: 'documented' },
  { path: '/v1/accounts', resource: 'connected_account', source: 'E,M,D', sure: 'documented' },
  { path: '/v1/application_fees', resource: 'application_fee', source: 'T,D', sure: 'documented' },
  { path: '/v1/topups', resource: 'top_up', source: 'T,D', sure: 'documented' },
  { path: '/v1/transfers', resource: 'transfer', source: 'T,D', sure: 'documented' },
  // What a country allows is read before an account is created in it.
  { path: '/v1/country_specs', resource: 'connected_account', source: '-', sure: 'decided' },
  // Revoking and exchanging access is done with the platform's own secret key.
  {
    path: '/oauth',
    resource: 'connected_account',
    level: 'write',
    unavailable: 'write',
    source: '-',
    sure: 'decided',
  },

  // Core
  { path: '/v1/apple_pay/domains', resource: 'apple_pay_domain', source: 'T,D', sure: 'documented' },
  { path: '/v1/balance', resource: 'balance', source: 'T,D', sure: 'documented' },
  { path: '/v1/balance_settings', method: 'GET', resource: 'balance', source: 'I', sure: 'inferred' },
  // A balance cannot be written; its settings are the schedule of payouts.
  { path: '/v1/balance_settings', resource: 'payout', source: '-', sure: 'decided' },
  { path: '/v1/balance_transactions', resource: 'balance_transaction_source', source: 'I,E', sure: 'inferred' },
  { path: '/v1/charges', resource: 'charge', source: 'T,E', sure: 'documented' },
  { path: '/v1/confirmation_tokens', resource: 'confirmation_token', source: 'T,D', sure: 'documented' },
  { path: '/v1/customer_sessions', resource: 'customer_session', source: 'T', sure: 'documented' },
  // What is answered is a payment method; the table names the other parts of a customer and not this one.
  { path: '/v1/customers/:customer/payment_methods', resource: 'payment_method', source: 'I', sure: 'inferred' },
  { path: '/v1/customers/:customer/funding_instructions', resource: 'customer', source: 'I', sure: 'inferred' },
  { path: '/v1/customers', resource: 'customer', source: 'T,E', sure: 'documented' },
  { path: '/v1/disputes', resource: 'dispute', source: 'T,E', sure: 'documented' },
  { path: '/v1/ephemeral_keys', resource: 'ephemeral_key', source: 'T', sure: 'documented' },
  { path: '/v1/events', resource: 'event', source: 'T,D', sure: 'documented' },
  // Conversion rates are those of balances.
  { path: '/v1/exchange_rates', resource: 'balance', source: '-', sure: 'decided' },
  { path: '/v1/file_links', resource: 'file', source: 'I', sure: 'inferred' },
  // A probe's refusal named disputes, whose evidence files are; the right to write files must be enough as well.
  { path: '/v1/files', method: 'POST', resource: 'file', source: 'D', sure: 'decided' },
  { path: '/v1/files', resource: 'file', source: 'T,D', sure: 'documented' },
  { path: '/v1/mandates', resource: 'mandate', source: 'D', sure: 'documented' },
  { path: '/v1/payment_attempt_records', resource: 'payment_records', source: 'I', sure: 'inferred' },
  { path: '/v1/payment_intents', resource: 'payment_intent', source: 'T,E', sure: 'documented' },
  {
    path: '/v1/payment_method_configurations',
    resource: 'payment_method_configurations',
    source: 'I',
    sure: 'inferred',
  },
  { path: '/v1/payment_method_domains', resource: 'payment_method_domain', source: 'I', sure: 'inferred' },
  { path: '/v1/payment_methods', resource: 'payment_method', source: 'T,E', sure: 'documented' },
  { path: '/v1/payment_records', resource: 'payment_records', source: 'I', sure: 'inferred' },
  { path: '/v1/payouts', resource: 'payout', source: 'T,E', sure: 'documented' },
  { path: '/v1/products', resource: 'product', source: 'T,D', sure: 'documented' },
  { path: '/v1/refunds', resource: 'charge', source: 'T,E,M', sure: 'documented' },
  { path: '/v1/reviews', resource: 'review', source: 'T,E', sure: 'documented' },
  { path: '/v1/setup_attempts', resource: 'setup_intent', source: 'I', sure: 'inferred' },
  { path: '/v1/setup_intents', resource: 'setup_intent', source: 'T,E', sure: 'documented' },
  { path: '/v1/sources', resource: 'source', source: 'T,D', sure: 'documented' },
  { path: '/v1/tokens', resource: 'token', source: 'T,D', sure: 'documented' },
  // Stripe.js asks for what it shows; the permission has no reading.
  { path: '/v1/elements/sessions', resource: 'elements', level: 'write', source: 'D', sure: 'inferred' },
  // No permission is named after any of these: they are guarded by what they are used for.
  { path: '/v1/financial_connections', resource: 'payment_method', source: '-', sure: 'decided' },
  { path: '/v1/forwarding/requests', resource: 'payment_method', source: '-', sure: 'decided' },
  { path: '/v1/three_d_secure/authentications', resource: 'payment_intent', source: '-', sure: 'decided' },

  // Radar
  { path: '/v1/radar/early_fraud_warnings', resource: 'charge', source: 'T,E', sure: 'documented' },
  { path: '/v1/radar', resource: 'review', source: '-', sure: 'decided' },

  // Checkout
  { path: '/v1/checkout/sessions', resource: 'checkout_session', source: 'T,E,M', sure: 'documented' },
  { path: '/v1/payment_links', resource: 'payment_links', source: 'T,E', sure: 'documented' },
  { path: '/v1/shipping_rates', resource: 'shipping_rate', source: 'T,D', sure: 'documented' },

  // Billing
  // Alerts watch the use that meters count.
  { path: '/v1/billing/alerts', resource: 'billing_meter', source: '-', sure: 'decided' },
  // Credits are a customer's, as the balance transactions beside them are.
  { path: '/v1/billing/credit_balance_summary', resource: 'customer', source: '-', sure: 'decided' },
  { path: '/v1/billing/credit_balance_transactions', resource: 'customer', source: '-', sure: 'decided' },
  { path: '/v1/billing/credit_grants', resource: 'customer', source: '-', sure: 'decided' },
  { path: '/v1/billing/feedback_options', resource: 'billing_settings', source: '-', sure: 'decided' },
  {
    path: '/v1/billing/meter_event_adjustments',
    resource: 'billing_meter_event_adjustment',
    source: 'T',
    sure: 'documented',
  },
  { path: '/v1/billing/meter_events', resource: 'billing_meter_event', source: 'T', sure: 'documented' },
  {
    path: '/v1/billing/meters/:meter/event_summaries',
    resource: 'billing_meter_event',
    source: 'T',
    sure: 'documented',
  },
  { path: '/v1/billing/meters', resource: 'billing_meter', source: 'T,D', sure: 'documented' },
  { path: '/v1/billing_portal', resource: 'customer_portal', source: 'T,E', sure: 'documented' },
  { path: '/v1/coupons', resource: 'coupon', source: 'T,E', sure: 'documented' },
  { path: '/v1/credit_notes', resource: 'credit_note', source: 'T,E', sure: 'documented' },
  // The catalogue has no writing of entitlements; what a feature belongs to is a product.
  { path: '/v1/entitlements', method: 'GET', resource: 'entitlement', source: 'D', sure: 'documented' },
  { path: '/v1/entitlements', resource: 'product', source: '-', sure: 'decided' },
  { path: '/v1/invoice_payments', resource: 'invoice', source: 'I', sure: 'inferred' },
  { path: '/v1/invoice_rendering_templates', resource: 'invoice', source: 'I', sure: 'inferred' },
  { path: '/v1/invoiceitems', resource: 'invoice', source: 'T,E', sure: 'documented' },
  { path: '/v1/invoices', resource: 'invoice', source: 'T,E', sure: 'documented' },
  { path: '/v1/plans', resource: 'plan', source: 'T,E,D', sure: 'documented' },
  { path: '/v1/prices', resource: 'plan', source: 'T,M', sure: 'documented' },
  // A trial is offered on a price.
  { path: '/v1/product_catalog/trial_offers', resource: 'plan', source: '-', sure: 'decided' },
  { path: '/v1/promotion_codes', resource: 'promotion_code', source: 'T,E', sure: 'documented' },
  { path: '/v1/quotes', resource: 'quote', source: 'T,E', sure: 'documented' },
  {
    path: '/v1/subscription_items/:subscription_item/usage_records',
    resource: 'usage_record',
    source: 'T,D',
    sure: 'documented',
  },
  {
    path: '/v1/subscription_items/:subscription_item/usage_record_summaries',
    resource: 'usage_record',
    source: 'T,D',
    sure: 'documented',
  },
  { path: '/v1/subscription_items', resource: 'subscription', source: 'T,E', sure: 'documented' },
  { path: '/v1/subscription_schedules', resource: 'subscription', source: 'T,E', sure: 'documented' },
  { path: '/v1/subscriptions', resource: 'subscription', source: 'T,E,M', sure: 'documented' },

  // Tax
  { path: '/v1/tax/calculations', resource: 'tax_calculations_and_transactions', source: 'T,D', sure: 'documented' },
  { path: '/v1/tax/transactions', resource: 'tax_calculations_and_transactions', source: 'T,D', sure: 'documented' },
  { path: '/v1/tax/associations', resource: 'tax_calculations_and_transactions', source: 'I', sure: 'inferred' },
  { path: '/v1/tax/locations', resource: 'tax_locations', source: 'I', sure: 'inferred' },
  { path: '/v1/tax', resource: 'tax_settings', source: 'T,D', sure: 'documented' },
  // The list of codes is read to give one to a product.
  { path: '/v1/tax_codes', resource: 'product', source: '-', sure: 'decided' },
  { path: '/v1/tax_ids', resource: 'tax_id', source: 'T', sure: 'documented' },
  { path: '/v1/tax_rates', resource: 'tax_rate', source: 'T,E', sure: 'documented' },

  // Orders
  { path: '/v1/orders', resource: 'order', source: 'T,D', sure: 'documented' },
  { path: '/v1/skus', resource: 'sku', source: 'T,D', sure: 'documented' },

  // Issuing
  { path: '/v1/issuing/authorizations', resource: 'issuing_authorization', source: 'T,D', sure: 'documented' },
  { path: '/v1/issuing/cardholders', resource: 'issuing_cardholder', source: 'T,D', sure: 'documented' },
  { path: '/v1/issuing/cards', resource: 'issuing_card', source: 'T,D', sure: 'documented' },
  { path: '/v1/issuing/disputes', resource: 'issuing_dispute', source: 'T,D', sure: 'documented' },
  { path: '/v1/issuing/funding_instructions', resource: 'top_up', source: 'T', sure: 'documented' },
  { path: '/v1/issuing/personalization_designs', resource: 'issuing_card', source: 'E', sure: 'documented' },
  { path: '/v1/issuing/physical_bundles', resource: 'issuing_card', source: 'I', sure: 'inferred' },
  { path: '/v1/issuing/tokens', resource: 'issuing_token', source: 'T', sure: 'documented' },
  { path: '/v1/issuing/transactions', resource: 'issuing_transaction', source: 'T,D', sure: 'documented' },

  // Treasury: the catalogue lets a restricted key read money, never move it.
  {
    path: '/v1/treasury/financial_accounts',
    resource: 'financial_account',
    unavailable: 'write',
    source: 'I',
    sure: 'inferred',
  },
  {
    path: '/v1/treasury/inbound_transfers',
    resource: 'inbound_transfer',
    unavailable: 'write',
    source: 'I',
    sure: 'inferred',
  },
  {
    path: '/v1/treasury/outbound_payments',
    resource: 'outbound_payment',
    unavailable: 'write',
    source: 'I',
    sure: 'inferred',
  },
  {
    path: '/v1/treasury/outbound_transfers',
    resource: 'outbound_transfer',
    unavailable: 'write',
    source: 'I',
    sure: 'inferred',
  },
  { path: '/v1/treasury/received_credits', resource: 'received_credit', source: 'I', sure: 'inferred' },
  { path: '/v1/treasury/received_debits', resource: 'received_debit', source: 'I', sure: 'inferred' },
  // A reversal is of what was received.
  {
    path: '/v1/treasury/credit_reversals',
    resource: 'received_credit',
    unavailable: 'write',
    source: '-',
    sure: 'decided',
  },
  {
    path: '/v1/treasury/debit_reversals',
    resource: 'received_debit',
    unavailable: 'write',
    source: '-',
    sure: 'decided',
  },
  { path: '/v1/treasury/transactions', resource: 'treasury_transaction', source: 'I', sure: 'inferred' },
  { path: '/v1/treasury/transaction_entries', resource: 'treasury_transaction', source: 'I', sure: 'inferred' },

  // Terminal
  { path: '/v1/terminal/configurations', resource: 'terminal_configuration', source: 'T,D', sure: 'documented' },
  { path: '/v1/terminal/connection_tokens', resource: 'terminal_connection_token', source: 'T,D', sure: 'documented' },
  { path: '/v1/terminal/locations', resource: 'terminal_location', source: 'T,D', sure: 'documented' },
  { path: '/v1/terminal/readers', resource: 'terminal_reader', source: 'T,D', sure: 'documented' },
  { path: '/v1/terminal/onboarding_links', resource: 'terminal_reader', source: '-', sure: 'decided' },

  // Reporting
  // The page says reading is enough to create a run; a permission to write came later, and guards nothing else.
  {
    path: '/v1/reporting/report_runs',
    method: 'POST',
    resource: 'report_runs_and_report_types',
    source: '-',
    sure: 'decided',
  },
  { path: '/v1/reporting', resource: 'report_runs_and_report_types', source: 'T,D', sure: 'documented' },
  { path: '/v1/sigma/scheduled_query_runs', resource: 'report_runs_and_report_types', source: '-', sure: 'decided' },

  // Identity, Climate
  { path: '/v1/identity', resource: 'identity_product', source: 'T', sure: 'documented' },
  { path: '/v1/climate/orders', resource: 'climate_order', source: 'T', sure: 'documented' },
  { path: '/v1/climate', resource: 'climate_order', source: 'I', sure: 'inferred' },

  // Developers
  { path: '/v1/webhook_endpoints', resource: 'webhook', source: 'T,D', sure: 'documented' },
  { path: '/v1/apps/secrets', resource: 'secret', source: 'D', sure: 'documented' },
  // An app that is installed acts on the account as a connected platform does.
  { path: '/v1/apps/installs', resource: 'connected_account', source: '-', sure: 'decided' },
  { path: '/v1/stripecli/sessions', resource: 'stripecli_session', source: 'M', sure: 'documented' },
  {
    path: '/v1/stripecli/key_permissions',
    resource: 'stripecli_session',
    unavailable: 'write',
    source: 'V3',
    sure: 'documented',
  },
  // Keys can be written and not read: whoever may write may look.
  { path: '/v2/iam/api_keys', resource: 'api_key', level: 'write', source: 'V3', sure: 'documented' },
  { path: '/v2/iam/activity_logs', resource: 'api_key', level: 'write', source: '-', sure: 'decided' },

  // Test helpers are guarded as what they help with.
  { path: '/v1/test_helpers/test_clocks', resource: 'billing_clock', source: 'T,E', sure: 'documented' },
  {
    path: '/v1/test_helpers/confirmation_tokens',
    resource: 'confirmation_token_client',
    source: 'T,D',
    sure: 'documented',
  },
  { path: '/v1/test_helpers/customers', resource: 'customer', source: 'I', sure: 'inferred' },
  { path: '/v1/test_helpers/refunds', resource: 'charge', source: 'I', sure: 'inferred' },
  { path: '/v1/test_helpers/issuing/authorizations', resource: 'issuing_authorization', source: 'I', sure: 'inferred' },
  { path: '/v1/test_helpers/issuing/cards', resource: 'issuing_card', source: 'I', sure: 'inferred' },
  { path: '/v1/test_helpers/issuing/personalization_designs', resource: 'issuing_card', source: 'I', sure: 'inferred' },
  { path: '/v1/test_helpers/issuing/transactions', resource: 'issuing_transaction', source: 'I', sure: 'inferred' },
  { path: '/v1/test_helpers/terminal/readers', resource: 'terminal_reader', source: 'I', sure: 'inferred' },
  {
    path: '/v1/test_helpers/treasury/inbound_transfers',
    resource: 'inbound_transfer',
    unavailable: 'write',
    source: 'I',
    sure: 'inferred',
  },
  {
    path: '/v1/test_helpers/treasury/outbound_payments',
    resource: 'outbound_payment',
    unavailable: 'write',
    source: 'I',
    sure: 'inferred',
  },
  {
    path: '/v1/test_helpers/treasury/outbound_transfers',
    resource: 'outbound_transfer',
    unavailable: 'write',
    source: 'I',
    sure: 'inferred',
  },
  {
    path: '/v1/test_helpers/treasury/received_credits',
    resource: 'received_credit',
    unavailable: 'write',
    source: 'I',
    sure: 'inferred',
  },
  {
    path: '/v1/test_helpers/treasury/received_debits',
    resource: 'received_debit',
    unavailable: 'write',
    source: 'I',
    sure: 'inferred',
  },

  // v2: what has a counterpart in v1 is guarded as it is there.
  {
    path: '/v2/billing/meter_event_adjustments',
    resource: 'billing_meter_event_adjustment',
    source: 'I',
    sure: 'inferred',
  },
  // The stream itself is authenticated by the token of a session, not by a key.
  { path: '/v2/billing', resource: 'billing_meter_event', source: 'I', sure: 'inferred' },
  { path: '/v2/commerce/product_catalog/imports', resource: 'product_catalog_import', source: 'I', sure: 'inferred' },
  { path: '/v2/core/account_links', resource: 'account_link', source: 'I', sure: 'inferred' },
  { path: '/v2/core/account_tokens', resource: 'token', source: 'I', sure: 'inferred' },
  { path: '/v2/core/accounts/:account/person_tokens', resource: 'token', source: 'I', sure: 'inferred' },
  { path: '/v2/core/accounts', resource: 'connected_account', source: 'I', sure: 'inferred' },
  { path: '/v2/core/event_destinations', resource: 'webhook', source: 'I', sure: 'inferred' },
  { path: '/v2/core/events', resource: 'event', source: 'I', sure: 'inferred' },
  // Bank accounts to be paid out to, as external accounts are.
  { path: '/v2/core/vault', resource: 'connected_account', source: '-', sure: 'decided' },
  { path: '/v2/money_management/adjustments', resource: 'adjustment', source: 'I', sure: 'inferred' },
  {
    path: '/v2/money_management/financial_accounts',
    resource: 'financial_account',
    unavailable: 'write',
    source: 'I',
    sure: 'inferred',
  },
  {
    path: '/v2/money_management/financial_addresses',
    resource: 'financial_account',
    unavailable: 'write',
    source: 'I',
    sure: 'inferred',
  },
  {
    path: '/v2/money_management/test_helpers/financial_addresses',
    resource: 'financial_account',
    unavailable: 'write',
    source: 'I',
    sure: 'inferred',
  },
  {
    path: '/v2/money_management/inbound_transfers',
    resource: 'inbound_transfer',
    unavailable: 'write',
    source: 'I',
    sure: 'inferred',
  },
  {
    path: '/v2/money_management/outbound_payments',
    resource: 'outbound_payment',
    unavailable: 'write',
    source: 'I',
    sure: 'inferred',
  },
  {
    path: '/v2/money_management/outbound_setup_intents',
    resource: 'outbound_payment',
    unavailable: 'write',
    source: '-',
    sure: 'decided',
  },
  {
    path: '/v2/money_management/payout_intents',
    resource: 'payout_intent',
    unavailable: 'write',
    source: 'I',
    sure: 'inferred',
  },
  // How a recipient is paid is set up by outbound setup intents and used by outbound payments.
  {
    path: '/v2/money_management/payout_methods',
    resource: 'outbound_payment',
    unavailable: 'write',
    source: '-',
    sure: 'decided',
  },
  {
    path: '/v2/money_management/payout_methods_bank_account_spec',
    resource: 'outbound_payment',
    source: '-',
    sure: 'decided',
  },
  { path: '/v2/money_management/received_credits', resource: 'received_credit', source: 'I', sure: 'inferred' },
  {
    path: '/v2/money_management/recipient_verifications',
    resource: 'recipient_verification',
    unavailable: 'write',
    source: 'I',
    sure: 'inferred',
  },
  {
    path: '/v2/test_helpers/money_management/recipient_verifications',
    resource: 'recipient_verification',
    unavailable: 'write',
    source: 'I',
    sure: 'inferred',
  },
  { path: '/v2/money_management/transaction_entries', resource: 'transaction', source: 'I', sure: 'inferred' },
  {
    path: '/v2/money_management/transactions',
    resource: 'transaction',
    unavailable: 'write',
    source: 'I',
    sure: 'inferred',
  },
];

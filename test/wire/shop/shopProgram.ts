import type { Stripe } from 'stripe';

/** A shop as one writes it: a catalogue, a checkout, a payment and its refund, a subscription, webhooks, and a seller's account. */
export async function runShop(stripe: Stripe, seller: string): Promise<void> {
  const product = await stripe.products.create({ name: 'Tea' });
  const price = await stripe.prices.create({ product: product.id, unit_amount: 900, currency: 'eur' });
  const customer = await stripe.customers.create({ email: 'ada@example.com' });
  await stripe.customers.retrieve(customer.id);

  const session = await stripe.checkout.sessions.create({
    mode: 'payment',
    customer: customer.id,
    line_items: [{ price: price.id, quantity: 1 }],
    success_url: 'https://example.com/thanks',
  });
  await stripe.checkout.sessions.retrieve(session.id);

  const payment = await stripe.paymentIntents.create({ amount: 900, currency: 'eur', customer: customer.id });
  await stripe.paymentIntents.capture(payment.id);
  await stripe.refunds.create({ payment_intent: payment.id });

  const subscription = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
  await stripe.subscriptions.cancel(subscription.id);
  await stripe.invoices.list({ customer: customer.id });

  const endpoint = await stripe.webhookEndpoints.create({ url: 'https://example.com/hook', enabled_events: ['*'] });
  await stripe.webhookEndpoints.del(endpoint.id);
  await stripe.events.list({ limit: 1 });
  await stripe.balance.retrieve();

  await stripe.customers.create({ name: 'Of the seller' }, { stripeAccount: seller });
}

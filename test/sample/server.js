import { createServer } from 'node:http';
import { Stripe } from 'stripe';

// The emulator of Keysmith; with https://api.stripe.com the same program talks to Stripe.
const { protocol, hostname, port } = new URL(process.env.KEYSMITH_ORIGIN ?? 'http://127.0.0.1:12181');
const stripe = new Stripe(process.env.STRIPE_API_KEY ?? '', {
  protocol: protocol.slice(0, -1),
  host: hostname,
  port: port || undefined,
});

async function welcome() {
  const customer = await stripe.customers.create({ name: 'Jenny Rosen' });
  const balance = await stripe.balance.retrieve();
  return `Welcome, ${customer.name} (${customer.id}).\nBalance: ${JSON.stringify(balance.available)}\n`;
}

const shop = createServer((_request, response) => {
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  welcome().then(
    (text) => response.end(text),
    (error) => {
      response.statusCode = 502;
      response.end(`${error.type}: ${error.message}\n`);
    },
  );
});

shop.listen(4242, '127.0.0.1', () => console.log('The shop is open at http://127.0.0.1:4242/'));

import { Agent, request } from 'node:http';

/** Sends many requests with a token over some connections, to paths that differ. */
export async function sendMany(origin: string, token: string, count: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  let sent = 0;
  const client = async (): Promise<void> => {
    while (sent < count) {
      sent += 1;
      const path = sent % 10 === 0 ? `/v1/balance?n=${sent}` : `/v1/customers/cus_${sent}`;
      await one(`${origin}${path}`, token, agent);
    }
  };
  await Promise.all(Array.from({ length: 32 }, client));
  agent.destroy();
}

function one(url: string, token: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const sending = request(url, { agent, headers: { authorization: `Bearer ${token}` } }, (response) => {
      response.resume();
      response.once('end', resolve);
    });
    sending.once('error', reject);
    sending.end();
  });
}

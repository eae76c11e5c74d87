import { setTimeout as pause } from 'node:timers/promises';
import type { ApiClient } from './api-client.ts';

/** What the demo's page consists of: groups, and in each its components with the services of the simulated outage. */
const groups = [
  {
    name: 'Shop',
    components: [
      { name: 'Website', description: 'Pages of the shop' },
      { name: 'Checkout', description: 'Cart, addresses and orders', services: ['checkout'] },
      { name: 'Search', services: ['search'] },
    ],
  },
  {
    name: 'Payments',
    components: [
      { name: 'Card payments', services: ['payments-database'] },
      { name: 'Payments database', services: ['payments-database'], internal: true },
    ],
  },
] as const;

const texts = {
  name: 'Demo Shop',
  header: 'How the services of the demo shop are doing.',
  footer: 'Incidents are proposed by the system and published by people.',
};

/** Long enough for the publisher to write the page on a busy machine, in milliseconds, and how often it is looked at. */
const PATIENCE = 10_000;
const GLANCE = 50;

/**
 * Gives the demo organisation its status page, unless it has one, and waits until it can be read at `address`. What an earlier start
 * began and did not end is left as it is.
 */
export async function ensureStatusPage(call: ApiClient, address: string): Promise<void> {
  const { body: page } = await call('GET', '/api/status');
  if (page.version !== 0) return;
  await call('PATCH', '/api/status/page', texts);
  for (const { name, components } of groups) {
    const { id: group } = (await call('POST', '/api/status/groups', { name })).body;
    for (const component of components) await call('POST', '/api/status/components', { ...component, group });
  }
  for (let waited = 0; waited < PATIENCE; waited += GLANCE) {
    if ((await fetch(address)).ok) return;
    await pause(GLANCE);
  }
}

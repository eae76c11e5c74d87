import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Incident } from '../../../shared/incidents/index.ts';
import { type OrganisationId, SECOND } from '../../../shared/kernel/index.ts';
import { schema } from '../../../shared/table/index.ts';
import { minutes, T0 } from '../../support/given.ts';
import { startChannels } from './channel-scene.ts';

let on: Awaited<ReturnType<typeof startChannels>>;
beforeAll(async () => {
  on = await startChannels('outages');
});
afterAll(() => on.stop());
beforeEach(() => on.begin());

const contacts = { slack: 'UANN', sms: '+41791234567', channels: ['slack', 'sms'] };
const down = { status: 500, body: {} };

/** An organisation where Slack failed so often that it is known to be down. */
async function whereSlackIsDown(): Promise<OrganisationId> {
  const org = await on.organisation(contacts, ['slack', 'sms']);
  on.vendors.slack.next(down, down, down);
  for (let i = 0; i < 3; i++) {
    await on.paged(org);
    expect(await on.deliverSent()).toBe(1);
  }
  on.world.forget();
  return org;
}
const whyPaged = async ({ org, id }: Incident) =>
  (await on.ask(org, 'GET', `/api/incidents/${id}/paging`, undefined, { person: 'ann' })).body.items.map(
    ({ text }: { text: string }) => text,
  );

describe('[C10] [F38] a provider that is known to be down', () => {
  it('is spared: the next channel has the page at once, and the record says why', async () => {
    const org = await whereSlackIsDown();
    const asked = on.vendors.slack.asked.length;
    const incident = await on.paged(org);
    expect(await on.deliverSent()).toBe(1);
    expect(on.waiting()).toEqual(['sms in 60 s', 'sms in 0 s']);
    expect(await on.deliverSent()).toBe(0);
    expect(on.vendors.slack.asked).toHaveLength(asked);
    expect(on.texts()).toHaveLength(1);
    expect(await on.pagesOf(incident)).toEqual(['ann 1 slack failed', 'ann 1 sms sent']);
    expect(await whyPaged(incident)).toContain(
      'By Slack: not asked yet. The provider was known to be down, so another channel was asked first.',
    );
  });
  it('is asked by who has no other channel left, so that no page is lost', async () => {
    const org = await whereSlackIsDown();
    const incident = await on.paged(org);
    const [first] = on.takeSent();
    expect(await on.deliverThese([first ?? {}])).toBe(1);
    const { PublishCommand } = await import('@aws-sdk/client-sns');
    on.sns.on(PublishCommand).rejects(new Error('down too'));
    expect(await on.deliverSent()).toBe(1);
    on.world.setClock(T0 + 10 * SECOND);
    expect(await on.deliverThese([first ?? {}])).toBe(0);
    expect(await on.pagesOf(incident)).toEqual(['ann 1 slack sent', 'ann 1 sms failed']);
  });
  it('is asked at each try by who has this channel alone', async () => {
    const org = await on.organisation({ slack: 'UANN', channels: ['slack'] }, ['slack']);
    const incident = await on.paged(org);
    const [only] = on.takeSent();
    on.vendors.slack.next(down, down, down, down);
    for (let i = 0; i < 4; i++) expect(await on.deliverThese([only ?? {}])).toBe(1);
    expect(await on.deliverThese([only ?? {}])).toBe(0);
    expect(await on.pagesOf(incident)).toEqual(['ann 1 slack sent']);
  });
  it('is found to work again by one page after half a minute; then pages go by it as before', async () => {
    const org = await whereSlackIsDown();
    on.world.setClock(T0 + 30 * SECOND);
    on.vendors.slack.next('hang');
    const before = on.vendors.slack.asked.length;
    const [trial, other] = [await on.paged(org), on.takeSent(), await on.paged(org), on.takeSent()]
      .filter(Array.isArray)
      .flat();
    const trying = on.deliverThese([trial]);
    // Other tests asked it too: it must be this trial that hangs.
    await expect.poll(() => on.vendors.slack.asked.length).toBe(before + 1);
    expect(await on.deliverThese([other])).toBe(1);
    expect(on.waiting()).toContain('sms in 0 s');
    on.vendors.slack.drop();
    expect(await trying).toBe(1);
    on.world.setClock(minutes(2));
    const incident = await on.paged(org);
    on.world.forget();
    const message = { kind: 'deliver', org, incident: incident.id, generation: 1, step: 1 };
    const page = { ...message, person: 'ann', channel: 'slack', others: ['sms'] };
    expect(await on.deliverThese([page])).toBe(0);
    expect(await on.pagesOf(incident)).toEqual(['ann 1 slack sent']);
    const { table } = await import('../../../functions/aws/table.ts');
    const health = await table.get(schema.providerHealth.key({ org, provider: 'slack' }));
    expect(health).toMatchObject({ failures: 0 });
    expect(health).not.toHaveProperty('downSince');
  });
  it('is not one that only has too much to do, or refuses', async () => {
    const org = await on.organisation(contacts, ['slack', 'sms']);
    const refusal = { status: 200, body: { ok: false, error: 'channel_not_found' } };
    on.vendors.slack.next(...Array.from({ length: 3 }, () => ({ status: 429, body: {} })), refusal);
    for (let i = 0; i < 4; i++) {
      await on.paged(org);
      expect(await on.deliverSent()).toBe(1);
    }
    const incident = await on.paged(org);
    on.takeSent(true);
    await on.deliverSent();
    expect(await on.pagesOf(incident)).toEqual(['ann 1 slack sent']);
  });
  it('is spared by its own organisation alone', async () => {
    await whereSlackIsDown();
    const incident = await on.paged(await on.organisation(contacts, ['slack', 'sms']));
    expect(await on.deliverSent()).toBe(0);
    expect(await on.pagesOf(incident)).toEqual(['ann 1 slack sent']);
  });
});

describe('[F39] [C4] a receiver that was down for longer than a step lasts', () => {
  const policies = [
    { id: 'default', name: 'Default', levels: [{ targets: ['ann'] }, { targets: ['ann'] }], repeat: 2 },
  ];
  it('has the newest page of an incident and none of before, however they come', async () => {
    const contact = { webhook: on.vendors.webhook.address, channels: ['webhook'] };
    const org = await on.organisation(contact, ['webhook'], { policies });
    const before = on.vendors.webhook.events().length;
    const incident = await on.paged(org);
    const [first = {}] = on.takeSent();
    on.vendors.webhook.next(down, down, down);
    expect(await on.deliverThese([first])).toBe(1);
    on.world.setClock(minutes(5));
    await on.step(incident);
    const [second = {}] = on.takeSent();
    expect(await on.deliverThese([first])).toBe(1);
    expect(await on.deliverThese([second])).toBe(1);
    // The older one comes first after the return of the receiver.
    expect(await on.deliverThese([first])).toBe(0);
    expect(await on.deliverThese([second])).toBe(0);
    expect(await on.deliverThese([second, first])).toBe(0);
    expect(on.vendors.webhook.events().slice(before)).toMatchObject([{ step: 2 }]);
    expect(await on.pagesOf(incident)).toEqual(['ann 1 webhook dropped', 'ann 2 webhook sent']);
    expect(await whyPaged(incident)).toContain(
      'By webhook: not sent, because a later page of the incident was under way by the same channel. An earlier attempt may have arrived too.',
    );
  });
  it('is not told of a later step while an earlier one is on its way', async () => {
    const contact = { webhook: on.vendors.webhook.address, channels: ['webhook'] };
    const org = await on.organisation(contact, ['webhook'], { policies });
    const incident = await on.paged(org);
    const [first = {}] = on.takeSent();
    on.world.setClock(minutes(5));
    await on.step(incident);
    const [second = {}] = on.takeSent();
    const asked = on.vendors.webhook.asked.length;
    on.vendors.webhook.next('hang');
    const early = on.deliverThese([first]);
    await expect.poll(() => on.vendors.webhook.asked.length).toBe(asked + 1);
    expect(await on.deliverThese([second])).toBe(1);
    expect(on.vendors.webhook.asked).toHaveLength(asked + 1);
    on.vendors.webhook.drop();
    expect(await early).toBe(1);
    expect(await on.deliverThese([first])).toBe(0);
    expect(await on.deliverThese([second])).toBe(0);
    expect(await on.pagesOf(incident)).toEqual(['ann 1 webhook dropped', 'ann 2 webhook sent']);
  });
});

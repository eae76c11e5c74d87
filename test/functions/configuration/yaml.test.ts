import { SESClient } from '@aws-sdk/client-ses';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { idOf } from '../../../shared/kernel/index.ts';
import { startConfiguration } from './caller.ts';

let world: Awaited<ReturnType<typeof startConfiguration>>;
const ses = mockClient(SESClient);
beforeAll(async () => {
  world = await startConfiguration();
});
afterAll(async () => {
  ses.restore();
  await world.stop();
});

const document = `
# Who is called for what
people:
  - { id: ann, name: Ann, email: ann@example.com }
policies:
  - id: web
    name: Web
    levels:
      - targets: [ann]
        delay: 300
services:
  - id: checkout
    owner: web
    dependsOn: [payments]
rules:
  - id: cron
    name: Cron
    description: |
      Jobs that fail now and then.
      They wake nobody.
    conditions:
      alertPattern: '^Cron job'
    actions: { createIncident: false }
`;

it('a configuration is planned, put in force and simulated as YAML, and is the same as JSON', async () => {
  const org = idOf('organisation', 0, 'yaml');
  const type = 'application/yaml; charset=utf-8';
  const plan = await world.call(org, 'POST /api/config/plan', { body: document, type });
  expect([plan.status, plan.json.lists.rules.added]).toEqual([200, ['cron']]);
  const { status, json } = await world.call(org, 'PUT /api/config', { body: document, type, version: 0 });
  expect(status).toBe(200);
  const { people, rules, services } = json.configuration;
  expect(people).toEqual([{ id: 'ann', name: 'Ann', email: 'ann@example.com' }]);
  expect(rules[0].description).toBe('Jobs that fail now and then.\nThey wake nobody.\n');
  expect(services).toMatchObject([{ id: 'checkout', owner: 'web', dependsOn: ['payments'] }]);
  const again = await world.call(org, 'POST /api/config/plan', { body: json.configuration });
  expect(again.json.changes).toEqual([]);
  const draft = await world.call(org, 'POST /api/rules/simulate', { body: 'days: 1\nrules: []\n', type });
  expect(draft.status).toBe(200);
});

it('what is wrong in YAML is told with its line, or with the place of the field', async () => {
  const org = idOf('organisation', 0, 'wrong yaml');
  const put = (body: string, type = 'application/yaml') =>
    world.call(org, 'PUT /api/config', { body, type, version: 0 });
  const broken = await put('people:\n  - id: ann\n    name: "Ann\n');
  expect([broken.status, broken.json.error.message]).toEqual([
    400,
    'The body is not YAML: This quote is never closed at line 3, column 11.',
  ]);
  const wrong = await put('policies:\n  - { id: web, name: Web, levels: [{ targets: [eve] }] }\n');
  expect(wrong.json.error.param).toBe('body.policies[0].levels[0].targets[0]');
  const csv = await put('people', 'text/csv');
  expect([csv.status, csv.json.error.message]).toEqual([
    415,
    "Send JSON with Content-Type: application/json, or YAML with application/yaml; got 'text/csv'.",
  ]);
  const back = await world.call(org, 'POST /api/config/rollback', {
    body: 'version: 1',
    type: 'text/yaml',
    version: 0,
  });
  expect(back.status).toBe(415);
});

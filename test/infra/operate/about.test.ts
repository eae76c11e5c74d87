import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aboutMessage, aboutRecord } from '../../../infra/operate/about.ts';

describe('what a dead letter was about', () => {
  it('is its kind and ids', async () => {
    const message = {
      kind: 'deliver',
      org: 'org_1',
      incident: 'inc_2',
      generation: 1,
      step: 2,
      person: 'per_3',
      channel: 'email',
    };
    expect(await aboutMessage(JSON.stringify(message))).toBe(
      'kind deliver, org org_1, incident inc_2, generation 1, step 2, person per_3, channel email',
    );
  });

  it('is never what a sender wrote', async () => {
    const message = { kind: 'signals', org: 'org_1', signals: [{ title: 'SECRET' }, {}], title: 'SECRET' };
    expect(await aboutMessage(JSON.stringify(message))).toBe('kind signals, org org_1, 2 signals');
  });

  it('is said also of what nobody can read', async () => {
    expect(await aboutMessage('no JSON at all')).toBe('no JSON, of 14 characters');
    expect(await aboutMessage('{"some":"thing"}')).toBe('JSON that names nothing, of 16 characters');
    expect(await aboutRecord({ ses: { mail: { messageId: 'm-1' } } })).toBe('a mail, m-1');
    expect(await aboutRecord({ eventID: '1' })).toBe('a record that names nothing');
  });

  it('reads a record of the stream in the form of DynamoDB', async () => {
    const NewImage = {
      type: { S: 'incident.opened' },
      incidentId: { S: 'inc_2' },
      seq: { N: '7' },
      data: { M: {} },
    };
    expect(await aboutRecord({ dynamodb: { NewImage } })).toBe(
      'type incident.opened, incidentId inc_2, seq 7',
    );
  });

  it('names an incident as people do where that is known, beside its id', async () => {
    const nameOf = async ({ org, incident }: { org: string; incident: string }) =>
      org === 'org_1' && incident === 'inc_2' ? 'INC-12' : undefined;
    const message = { kind: 'escalate', org: 'org_1', incident: 'inc_2', step: 1 };
    expect(await aboutMessage(JSON.stringify(message), nameOf)).toBe(
      'kind escalate, org org_1, incident inc_2 (INC-12), step 1',
    );
    expect(await aboutMessage(JSON.stringify({ ...message, incident: 'inc_3' }), nameOf)).toBe(
      'kind escalate, org org_1, incident inc_3, step 1',
    );
    const NewImage = { org: { S: 'org_1' }, incidentId: { S: 'inc_2' }, seq: { N: '7' } };
    expect(await aboutRecord({ dynamodb: { NewImage } }, nameOf)).toBe(
      'org org_1, incidentId inc_2 (INC-12), seq 7',
    );
  });

  it('is one short line that does nothing to a terminal, whatever there is', () => {
    return fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.record({ kind: fc.string(), org: fc.string() }).map((one) => JSON.stringify(one)),
        ),
        async (text) => {
          const said = await aboutMessage(text);
          expect(said).toMatch(/^[ -~]+$/);
          expect(said.length).toBeLessThan(1_500);
        },
      ),
    );
  });
});

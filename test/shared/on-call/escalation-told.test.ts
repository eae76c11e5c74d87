import { describe, expect, it } from 'vitest';
import type { ControlFact } from '../../../shared/incidents/index.ts';
import { escalationTold, pagingOf, policySchema } from '../../../shared/on-call/index.ts';
import { minutes, opened, T0 } from '../../support/given.ts';
import { acknowledged, escalated, page, recordOf, sent, texts, toldOf } from '../../support/told-pages.ts';

describe('an escalation told to everybody', () => {
  it('tells after its last step which levels came, which did not and why, and what the last resort is for', () => {
    const policy = policySchema.parse({
      ...{ id: 'p', name: 'P', lastResort: 'ada' },
      levels: [
        { targets: ['gap'] },
        { targets: ['grace'], severities: ['P1_CRITICAL'] },
        { targets: ['cid'] },
      ],
    });
    const last = { level: 3, skipped: [1], otherSeverity: [2], next: undefined, after: 4 };
    const record = recordOf([opened({ severity: 'P2_HIGH' }), escalated(1, 'cid', last)], [], { policy });
    const words =
      'No further page is planned, since step 1 was the last of its escalation. Paged was level 3; level 1 was passed over, because it reached nobody then; level 2 was passed over, because it is not for the severity of then. The last resort, ADA, is paged only where no level that is left reaches anybody.';
    expect(texts(escalationTold(record))).toContain(words);
    expect(pagingOf('ada', record).map(({ text }) => text)).toContain(words);
    const both = { level: 3, skipped: [1, 2], next: undefined, after: 4 };
    const said = texts(toldOf([opened({ severity: 'P2_HIGH' }), escalated(1, 'cid', both)], [], { policy }));
    expect(said.join()).toContain('levels 1 and 2 were passed over, because they reached nobody then');
  });

  it('tells that the numbers between two steps are of levels that were passed over', () => {
    const next = { step: 3, dueAt: minutes(10) };
    expect(texts(toldOf([opened(), escalated(1, 'bob', { level: 2, skipped: [1], next })]))).toContain(
      'Step 3 is due at 2026-11-02 09:10:00 UTC, unless somebody acknowledges. It follows step 1; the levels whose steps would come between are passed over.',
    );
  });

  it('names who acknowledged in the tool of the sender, and that it was deleted', () => {
    const by = { kind: 'machine', id: 'int_1', name: 'bob in Opsgenie' } as const;
    const taken: ControlFact = { ...acknowledged(1), data: { generation: 1, by } } as ControlFact;
    const told = toldOf([opened(), taken]);
    expect(texts(told)).toContain('bob in Opsgenie acknowledged, which stopped the escalation.');
    expect(told.summary).toContain(
      'bob in Opsgenie acknowledged it at 2026-11-02 09:01:00 UTC, before its first page was sent',
    );
    const deleted: ControlFact = { type: 'incident.deleted', occurredAt: minutes(1), data: {} };
    expect(toldOf([opened(), deleted]).summary).toContain('it was deleted before a page was due');
  });

  it('says whom each step paged, by which channel, and what became of it', () => {
    const told = toldOf(
      [opened(), escalated(1, 'bob'), escalated(2, 'cid')],
      [sent('bob', 1), sent('cid', 2)],
    );
    expect(told).toMatchObject({
      isPaged: true,
      summary: 'INC-12 paged BOB, CID, first at 2026-11-02 09:06:00 UTC.',
    });
    expect(texts(told)).toEqual([
      'No escalation policy is configured, so the administrators are paged.',
      'Step 1 paged level 1: BOB.',
      'BOB, by e-mail: taken by the provider. (2026-11-02 09:06:00 UTC)',
      'Step 2 paged level 2: CID.',
      'CID, by e-mail: taken by the provider. (2026-11-02 09:11:00 UTC)',
      'Step 3 is due at 2026-11-02 09:15:00 UTC, unless somebody acknowledges.',
    ]);
  });

  it('gives after its end the reason that it gave before, why nobody was paged', () => {
    const over: ControlFact = {
      type: 'incident.resolved',
      occurredAt: minutes(1),
      data: { generation: 1, reason: 'alerts-resolved' },
    };
    const summaryOf = (more: object, waits: readonly string[] = []) =>
      toldOf([opened(more), over], [], { waits }).summary;
    expect(summaryOf({ severity: 'P4_LOW' })).toContain('it was opened as P4 Low, which is recorded');
    expect(summaryOf({ urgency: 'low', next: undefined })).toContain(
      'it was opened with low urgency by its rules',
    );
    expect(summaryOf({ next: undefined })).toContain('its alerts were over already when it was opened');
    expect(summaryOf({ next: { step: 1, dueAt: minutes(2) } }, ["Rule 'Held' pages only later."])).toBe(
      "INC-12 paged nobody: no alert of it fired any more, so it was resolved at 2026-11-02 09:01:00 UTC, before its first page was due at 2026-11-02 09:02:00 UTC. Rule 'Held' pages only later.",
    );
    const put: ControlFact = {
      type: 'incident.put-off',
      occurredAt: T0,
      data: {
        generation: 1,
        next: { step: 1, dueAt: minutes(60), heldBy: 'mwn_1' },
        by: 'Maintenance window mwn_1 (moving)',
      },
    };
    expect(toldOf([opened(), put, over]).summary).toContain(
      'due at 2026-11-02 10:00:00 UTC. Maintenance window mwn_1 (moving) kept it back.',
    );
  });

  it('says of a step that something will keep back until when, and what', () => {
    const held = { by: 'Maintenance window mwn_1 (moving)', until: minutes(60) };
    const words = 'is held until 2026-11-02 10:00:00 UTC by Maintenance window mwn_1 (moving)';
    const record = recordOf([opened(), escalated(1, 'bob')], [], { held });
    expect(texts(escalationTold(record)).at(-1)).toBe(`Step 2 ${words}, unless somebody acknowledges.`);
    expect(pagingOf('bob', record).at(-1)?.text).toBe(
      `The next step ${words}, unless somebody acknowledges.`,
    );
    expect(toldOf([opened()], [], { held }).summary).toBe(`INC-12 paged nobody: its first page ${words}.`);
    const muted = toldOf([opened()], [], { held: { by: "Inhibition 'down' (“Cluster” fires)" } });
    expect(muted.summary).toContain("is held while an alert fires that mutes it: Inhibition 'down'");
  });

  it('says why the first page waits, where its rule wants that', () => {
    const waits = ["Rule 'Held' pages only for an alert that has gone on for 2 min."];
    const told = toldOf([opened()], [], { waits });
    expect(told.summary).toMatch(/its first page is due at .* UTC\. Rule 'Held' pages only/);
    expect(texts(told)).toContain(waits[0]);
    expect(pagingOf('bob', recordOf([opened()], [], { waits })).at(-1)?.text).toContain(waits[0]);
  });

  it('says who acknowledged, also with what opened it: where that is why no page was planned, as what follows', () => {
    const of = (more: object) => texts(toldOf([opened(more), acknowledged(0)]));
    expect(of({ next: undefined })).toContain('So it is acknowledged since then, by Ann.');
    expect(of({})).toContain('Ann acknowledged, which stopped the escalation.');
  });

  it('says that levels were passed over, and why', () => {
    const told = toldOf([opened(), escalated(3, 'cid', { skipped: [1], otherSeverity: [2] })]);
    expect(texts(told).slice(1, 3)).toEqual([
      'Level 1 was passed over, because it reached nobody then.',
      'Level 2 was passed over, because it is not for the severity of then.',
    ]);
  });

  it.each([
    [
      'refused',
      { state: 'failed', failedAt: minutes(6), reason: 'no such mailbox', refused: true },
      'tried to page BOB, and no provider took it: no such mailbox',
    ],
    [
      'dropped',
      { state: 'dropped', droppedAt: minutes(6), why: 'acknowledged' },
      'planned 1 pages, of which none was sent',
    ],
  ])('says that pages were %s', (_, became, words) => {
    const told = toldOf([opened(), escalated(1, 'bob')], [page('bob', 1, became)]);
    expect(told.isPaged).toBe(false);
    expect(told.summary).toContain(words);
  });

  it('says why nobody was paged: not due, put off, not urgent, acknowledged, over, nobody there', () => {
    expect(toldOf([opened()]).summary).toContain('its first page is due at 2026-11-02 09:00:00 UTC');
    const put: ControlFact = {
      type: 'incident.put-off',
      occurredAt: minutes(1),
      data: {
        generation: 1,
        next: { step: 1, dueAt: minutes(60), heldBy: 'Maintenance window mwn_1 (moving)' },
        by: 'Maintenance window mwn_1 (moving)',
      },
    };
    expect(toldOf([opened(), put]).summary).toContain(
      'since Maintenance window mwn_1 (moving) keeps it back',
    );
    expect(toldOf([opened({ severity: 'P4_LOW' })]).summary).toBe(
      'INC-12 paged nobody: it is P4 Low, which is recorded and pages nobody.',
    );
    expect(toldOf([opened(), acknowledged(1)]).summary).toContain('Ann acknowledged it at 2026-11-02 09:01');
    const over: ControlFact = {
      type: 'incident.resolved',
      occurredAt: minutes(1),
      data: { generation: 1, reason: 'alerts-resolved' },
    };
    expect(toldOf([opened(), over]).summary).toContain(
      'no alert of it fired any more, so it was resolved at 2026-11-02 09:01:00 UTC, before its first page was sent',
    );
    expect(texts(toldOf([opened(), over]))).toContain(
      'No alert of it fired any more, so it was resolved, which stopped the escalation.',
    );
    expect(toldOf([opened(), escalated(1, 'bob', { targets: [] })]).summary).toContain(
      'found nobody who could be paged',
    );
  });
});

import { describe, it } from 'vitest';
import type { ControlFact } from '../../../shared/incidents/index.ts';
import { given, minutes, opened, T0 } from '../../support/given.ts';

const acknowledged: ControlFact = {
  type: 'incident.acknowledged',
  occurredAt: minutes(1),
  data: { generation: 1 },
};
const resolved: ControlFact = {
  type: 'incident.resolved',
  occurredAt: minutes(2),
  data: { generation: 1, reason: 'alerts-resolved' },
};
const merged: ControlFact = {
  type: 'incident.merged',
  occurredAt: minutes(2),
  data: { into: 'inc_01ARZ3NDEKTSV4RRFFQ69G5FAV', reason: 'bridged' },
};
const deleted: ControlFact = { type: 'incident.deleted', occurredAt: minutes(3), data: {} };
const stepOne = { do: 'escalate', generation: 1, step: 1, level: 1, targets: [] } as const;
const reopen = { do: 'reopen', reason: 'person', at: minutes(10) } as const;

describe('opening', () => {
  it('opens once', () => {
    given()
      .when({ do: 'open', at: minutes(0), data: opened().data })
      .thenState({ state: 'triggered', version: 1 });
  });
  it('does nothing for an incident that exists', () => {
    given(opened())
      .when({ do: 'open', at: minutes(0), data: opened().data })
      .thenNothing();
  });
  it('refuses every other command on an incident that does not exist', () => {
    given().when({ do: 'acknowledge' }).thenRefused('not_found');
  });
});

describe('acknowledging', () => {
  it('takes the next step away', () => {
    given(opened()).when({ do: 'acknowledge' }).thenFacts({ type: 'incident.acknowledged' });
    given(opened(), acknowledged).when(stepOne).thenNothing();
  });
  it('[M4] does nothing the second time', () => {
    given(opened(), acknowledged).when({ do: 'acknowledge' }).thenNothing();
  });
  it('[M4] does not bring back what the source resolved a moment before', () => {
    given(opened(), resolved).when({ do: 'acknowledge' }).thenRefused('conflict');
  });
  it('by the link of an earlier generation does nothing', () => {
    const reopened: ControlFact = {
      type: 'incident.reopened',
      occurredAt: minutes(3),
      data: { generation: 2, reason: 'alert-fired', next: { step: 1, dueAt: minutes(3) } },
    };
    given(opened(), resolved, reopened).when({ do: 'acknowledge', generation: 1 }).thenNothing();
    given(opened(), resolved, reopened)
      .when({ do: 'acknowledge', generation: 2 })
      .thenState({ state: 'acknowledged', generation: 2 });
  });
});

describe('escalating', () => {
  it('takes the step that is next and plans the one after it', () => {
    given(opened())
      .when({ ...stepOne, next: { step: 2, dueAt: minutes(5) } })
      .thenState({ step: 1, next: { step: 2, dueAt: minutes(5) } });
  });
  it('does nothing for a step that was taken, or is not next', () => {
    const taken: ControlFact = { type: 'incident.escalated', occurredAt: minutes(0), data: { ...stepOne } };
    given(opened(), taken).when(stepOne).thenNothing();
    given(opened())
      .when({ ...stepOne, step: 2 })
      .thenNothing();
  });
  it('does nothing for another generation, a resolved or a deleted incident', () => {
    given(opened())
      .when({ ...stepOne, generation: 2 })
      .thenNothing();
    given(opened(), resolved).when(stepOne).thenNothing();
    given(opened(), deleted).when(stepOne).thenNothing();
  });
});

describe('the severity', () => {
  it('wakes somebody when it rises to what needs a human', () => {
    given(opened({ severity: 'P4_LOW' }))
      .when({ do: 'change-severity', to: 'P2_HIGH' })
      .thenState({ severity: 'P2_HIGH', next: { step: 1, dueAt: minutes(10) } });
  });
  it('that a new alert raises wakes somebody when detection says', () => {
    given(opened({ severity: 'P4_LOW' }))
      .when({ do: 'raise-severity', to: 'P2_HIGH', pageAt: minutes(12) })
      .thenState({ severity: 'P2_HIGH', next: { step: 1, dueAt: minutes(12) } });
  });
  it('that rises brings a first page forward that is held, never back', () => {
    const held = opened({ severity: 'P3_MEDIUM', next: { step: 1, dueAt: minutes(15) } });
    for (const [pageAt, dueAt] of [
      [12, 12],
      [16, 15],
    ] as const)
      given(held)
        .when({ do: 'raise-severity', to: 'P1_CRITICAL', pageAt: minutes(pageAt) })
        .thenState({ severity: 'P1_CRITICAL', next: { step: 1, dueAt: minutes(dueAt) } });
  });
  it('that rises when everybody was paged pages nobody a second time', () => {
    const everybody: ControlFact = { type: 'incident.escalated', occurredAt: minutes(1), data: stepOne };
    given(opened({ severity: 'P3_MEDIUM' }), everybody)
      .when({ do: 'raise-severity', to: 'P1_CRITICAL' })
      .thenWithoutNext();
  });
  it('wakes nobody any more when it falls below', () => {
    given(opened()).when({ do: 'change-severity', to: 'P5_INFO' }).thenWithoutNext();
  });
  it('goes on with a step of its own when it falls and rises again', () => {
    const taken: ControlFact = { type: 'incident.escalated', occurredAt: minutes(0), data: { ...stepOne } };
    const fallen: ControlFact = {
      type: 'incident.severity-changed',
      occurredAt: minutes(1),
      data: { from: 'P1_CRITICAL', to: 'P5_INFO' },
    };
    given(opened(), taken, fallen)
      .when({ do: 'change-severity', to: 'P1_CRITICAL' })
      .thenFacts({ data: { generation: 1, next: { step: 2, dueAt: minutes(10) } } });
  });
  it('goes on behind the levels that the last step passed over, when it falls and rises again', () => {
    const fallen: ControlFact = {
      type: 'incident.severity-changed',
      occurredAt: minutes(1),
      data: { from: 'P1_CRITICAL', to: 'P5_INFO' },
    };
    // Planned then, or only told because nothing was left to plan.
    for (const told of [{ next: { step: 4, dueAt: minutes(5) } }, { after: 4 }]) {
      const taken: ControlFact = {
        type: 'incident.escalated',
        occurredAt: minutes(0),
        data: { ...stepOne, level: 3, skipped: [1, 2], ...told },
      };
      given(opened(), taken, fallen)
        .when({ do: 'change-severity', to: 'P1_CRITICAL' })
        .thenFacts({ data: { generation: 1, next: { step: 4, dueAt: minutes(10) } } });
    }
  });
  it('does not page again whom the policy has gone through', () => {
    const exhausted: ControlFact = {
      type: 'incident.escalated',
      occurredAt: minutes(0),
      data: { ...stepOne },
    };
    given(opened({ severity: 'P2_HIGH' }), exhausted)
      .when({ do: 'change-severity', to: 'P1_CRITICAL' })
      .thenWithoutNext();
  });
  it('does nothing when it is the same', () => {
    given(opened()).when({ do: 'change-severity', to: 'P1_CRITICAL' }).thenNothing();
  });
});

describe('resolving and reopening', () => {
  it('resolves once, at the time of the source', () => {
    const command = { do: 'resolve', reason: 'alerts-resolved', at: minutes(2) } as const;
    given(opened())
      .when(command)
      .thenState({ state: 'resolved', resolvedAt: minutes(2) });
    given(opened(), resolved).when(command).thenNothing();
  });
  it('reopens as a new generation that begins with its first step', () => {
    given(opened(), acknowledged, resolved)
      .when(reopen)
      .thenState({ state: 'triggered', generation: 2, step: 0, next: { step: 1, dueAt: minutes(10) } });
  });
  it('reopens for an alert with the first page when detection says', () => {
    given(opened(), resolved)
      .when({ do: 'reopen', reason: 'alert-fired', at: minutes(9), pageAt: minutes(12) })
      .thenState({ state: 'triggered', generation: 2, next: { step: 1, dueAt: minutes(12) } });
  });
  it('reopens nothing that is open', () => {
    given(opened()).when(reopen).thenNothing();
  });
  it('refuses to reopen what was merged into another', () => {
    given(opened(), merged).when(reopen).thenRefused('conflict');
  });
  it('leaves a deleted incident without a step', () => {
    given(opened(), resolved, deleted).when(reopen).thenWithoutNext();
  });
});

describe('bringing the next step forward', () => {
  const escalated = (next?: { step: number; dueAt: number }): ControlFact => ({
    type: 'incident.escalated',
    occurredAt: T0,
    data: { generation: 1, step: 1, level: 1, targets: [], ...(next && { next }) },
  });
  const forward = { do: 'bring-forward', generation: 1, step: 1, after: 4 } as const;

  it('makes the planned one due now, or the last resort where none is planned', () => {
    given(opened(), escalated({ step: 3, dueAt: minutes(30) }))
      .when(forward)
      .thenState({ step: 1, next: { step: 3, dueAt: minutes(10) } });
    given(opened(), escalated())
      .when(forward)
      .thenState({ next: { step: 4, dueAt: minutes(10) } });
  });
  it('happens once, and never for a step, generation or state that is over', () => {
    given(opened(), escalated({ step: 2, dueAt: minutes(10) }))
      .when(forward)
      .thenNothing();
    const later = { step: 2, dueAt: minutes(30) };
    given(opened(), escalated(later))
      .when({ ...forward, step: 2 })
      .thenNothing();
    given(opened(), escalated(later))
      .when({ ...forward, generation: 2 })
      .thenNothing();
    given(opened()).when(forward).thenNothing();
    given(opened(), escalated(later), resolved).when(forward).thenNothing();
  });
});

describe('merging, renaming, deleting', () => {
  it('merges once and says into which', () => {
    const merge = { do: 'merge', into: 'inc_01ARZ3NDEKTSV4RRFFQ69G5FAV', reason: 'bridged' } as const;
    given(opened()).when(merge).thenState({ state: 'resolved', mergedInto: merge.into });
    given(opened(), merged).when(merge).thenNothing();
  });
  it('renames', () => {
    given(opened())
      .when({ do: 'rename', title: 'Checkout down' })
      .thenState({ title: 'Checkout down', version: 2 });
    given(opened()).when({ do: 'rename', title: 'Checkout p99 high' }).thenNothing();
  });
  it('says when the harm ended, once, and again when that is put right', () => {
    const mitigated: ControlFact = {
      type: 'incident.mitigated',
      occurredAt: minutes(4),
      data: { generation: 1 },
    };
    const points = { detectedAt: T0, mitigatedAt: minutes(4) };
    given(opened())
      .when({ do: 'mitigate', at: minutes(4) })
      .thenState({ state: 'triggered', points });
    given(opened(), mitigated)
      .when({ do: 'mitigate', at: minutes(4) })
      .thenNothing();
    given(opened(), mitigated)
      .when({ do: 'mitigate', at: minutes(5) })
      .thenState({ points: { ...points, mitigatedAt: minutes(5) } });
  });
  it('takes no end of the harm that cannot be', () => {
    given(opened())
      .when({ do: 'mitigate', at: minutes(11) })
      .thenRefused('invalid');
    given(opened())
      .when({ do: 'mitigate', at: minutes(-1) })
      .thenRefused('invalid');
    given(opened(), resolved)
      .when({ do: 'mitigate', at: minutes(3) })
      .thenRefused('invalid');
    given(opened(), resolved)
      .when({ do: 'mitigate', at: minutes(1) })
      .thenState({ state: 'resolved' });
  });
  it('keeps when it was first acknowledged and when all alerts had cleared, until it is reopened', () => {
    given(opened(), acknowledged, resolved)
      .when({ do: 'mitigate', at: minutes(2) })
      .thenNothing();
    const points = { detectedAt: T0, acknowledgedAt: minutes(1) };
    given(opened(), acknowledged, resolved).when(reopen).thenState({ points });
    const again: ControlFact = { ...acknowledged, occurredAt: minutes(6), data: { generation: 2 } };
    const reopened: ControlFact = {
      type: 'incident.reopened',
      occurredAt: minutes(5),
      data: { generation: 2, reason: 'person' },
    };
    given(opened(), acknowledged, resolved, reopened, again)
      .when({ do: 'mitigate', at: minutes(7) })
      .thenState({ points: { ...points, mitigatedAt: minutes(7) } });
  });
  it('deletes softly, once, and ends what was open', () => {
    given(opened())
      .when({ do: 'delete' })
      .thenState({ deletedAt: minutes(10), state: 'resolved' });
    given(opened(), resolved, deleted).when({ do: 'delete' }).thenNothing();
  });
  it('raises the severity but never lowers it when an alert says so', () => {
    given(opened({ severity: 'P3_MEDIUM' }))
      .when({ do: 'raise-severity', to: 'P1_CRITICAL' })
      .thenState({ severity: 'P1_CRITICAL' });
    given(opened({ severity: 'P1_CRITICAL' }))
      .when({ do: 'raise-severity', to: 'P3_MEDIUM' })
      .thenNothing();
  });
});

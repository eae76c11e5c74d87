import fc from 'fast-check';
import { severities } from '../../../shared/alerts/index.ts';
import type { Incident } from '../../../shared/incidents/index.ts';
import { DAY, idOf, MINUTE } from '../../../shared/kernel/index.ts';
import { leftOutAs, type Sample, sampleOf, type Targets } from '../../../shared/metrics/index.ts';
import { generatedYear } from '../../support/generated-year.ts';
import { ann, inc, incidentAfter, minutes, opened, org, T0 } from '../../support/given.ts';

/** An incident that alerts opened at `T0`, detected a minute later, with these changes. */
export function head(change: object = {}): Incident {
  const points = { detectedAt: minutes(1) };
  const correlation = { hash: 'h', rule: 'default', key: 'service=checkout' };
  return { ...incidentAfter(opened()), correlation, points, ...change } as Incident;
}

/** An incident that is over after two hours, acknowledged after 10 minutes and mitigated after 90. */
export function over(change: object = {}): Incident {
  const points = { detectedAt: minutes(1), acknowledgedAt: minutes(11), mitigatedAt: minutes(90) };
  return head({
    state: 'resolved',
    resolvedAt: minutes(120),
    resolvedBy: { kind: 'system', id: 'x' },
    points,
    ...change,
  });
}

/** A sample of an incident, seen a day later, judged by these targets. */
export const sampled = (incident: Incident, now = T0 + DAY, targets: Targets = {}): Sample =>
  sampleOf(incident, { componentsOf: new Map(), now, versions: always(targets) });

/** Targets that have held for ever. */
export const always = (targets: Targets) => [{ version: 1, setAt: 0, setBy: ann, targets }];

/** Samples that are over, one for each pair of (opened, minutes until it was over), with other changes for all. */
export function samplesOf(
  pairs: readonly (readonly [openedAt: number, minutes: number])[],
  change: (place: number) => object = () => ({}),
  targets: Targets = {},
): readonly Sample[] {
  return pairs.map(([openedAt, length], place) => {
    const at = (part: number) => openedAt + Math.round(length * part * MINUTE);
    const points = { detectedAt: at(0.1), acknowledgedAt: at(0.3), mitigatedAt: at(0.8) };
    const id = idOf('incident', openedAt, String(place));
    return sampled(
      over({ id, openedAt, points, resolvedAt: at(1), ...change(place) }),
      openedAt + 400 * DAY,
      targets,
    );
  });
}

/** A generated year of samples. */
export function yearOf(count: number, seed = 1, targets: Targets = {}): readonly Sample[] {
  return generatedYear({ org, count, until: T0, open: 3, seed })
    .filter((incident) => leftOutAs(incident) === undefined)
    .map((incident) => sampled(incident, T0, targets));
}

const instant = fc.option(fc.integer({ min: -60, max: 600 }).map(minutes), { nil: undefined });

/** Any incident as a head may be stored, sensible or not. */
export const anyHead: fc.Arbitrary<Incident> = fc
  .record({
    openedAt: fc.integer({ min: -60, max: 600 }).map(minutes),
    severity: fc.constantFrom(...severities),
    state: fc.constantFrom('triggered', 'acknowledged', 'resolved'),
    detectedAt: instant,
    acknowledgedAt: instant,
    mitigatedAt: instant,
    resolvedAt: fc.integer({ min: -60, max: 600 }).map(minutes),
    byHand: fc.boolean(),
    merged: fc.boolean(),
    deleted: fc.boolean(),
    place: fc.nat(),
  })
  .map(({ detectedAt, acknowledgedAt, mitigatedAt, byHand, merged, deleted, place, ...rest }) => {
    const { correlation, points: _, ...plain } = head();
    const reached = {
      detectedAt,
      ...(acknowledgedAt && { acknowledgedAt }),
      ...(mitigatedAt && { mitigatedAt }),
    };
    return {
      ...plain,
      ...rest,
      id: idOf('incident', T0, String(place)),
      ...(!byHand && { correlation }),
      ...(detectedAt !== undefined && { points: reached }),
      ...(merged && { mergedInto: inc }),
      ...(deleted && { deletedAt: T0 }),
    } as unknown as Incident;
  });

import {
  type Correlating,
  Replay,
  type Rule,
  type SimulatedIncident,
} from '../../../shared/detection/index.ts';
import { HOUR } from '../../../shared/kernel/index.ts';
import { type Labelled, outageOrg, type Scene } from './scene.ts';

/** Pairs of firings: those that were put together, those that belong together, and those of which both is true. */
export interface Pairs {
  readonly together: number;
  readonly belong: number;
  readonly both: number;
}

/** How well firings were put together: each number is from 0 to 1. */
export interface Quality {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** Says which group each firing was put into; undefined for none, which is a group of its own. */
export type Grouping = (scene: Scene) => (firing: Labelled) => string | undefined;

/** What the product decides by. */
export interface Deciding {
  readonly rules: readonly Rule[];
  readonly correlating?: Correlating;
}

/** The product's own decisions, by these rules. */
export const asDecided =
  (deciding: Deciding): Grouping =>
  (scene) => {
    const { incidents } = outcomeOfScene(scene, deciding);
    const byAlert = new Map<string, SimulatedIncident[]>();
    for (const incident of incidents)
      for (const alert of incident.alerts) byAlert.set(alert, [...(byAlert.get(alert) ?? []), incident]);
    return ({ fingerprint, at }) => incidentAt(byAlert.get(fingerprint) ?? [], at)?.id;
  };

/** What comes of a scene some hours after its last word. */
export function outcomeOfScene({ messages }: Scene, deciding: Deciding) {
  const replay = new Replay(outageOrg, deciding.rules, deciding);
  for (const message of messages) replay.receive(message);
  return replay.finish((messages.at(-1)?.receivedAt ?? 0) + 2 * HOUR);
}

/** The first that was not over when the alert fired. */
const incidentAt = (incidents: readonly SimulatedIncident[], at: number) =>
  incidents.find(({ endedAt }) => at <= (endedAt ?? at)) ?? incidents.at(-1);

/** Each alert is an incident of its own, however often it fires. */
export const perAlert: Grouping =
  () =>
  ({ fingerprint }) =>
    fingerprint;

/** How many pairs of firings a scene has. */
export function pairsOf(scene: Scene, grouping: Grouping): Pairs {
  const groupOf = grouping(scene);
  const rows = scene.labels.map((firing, i) => ({
    group: groupOf(firing) ?? `alone ${i}`,
    outage: firing.outage ?? `noise ${i}`,
  }));
  return {
    together: pairsIn(rows, ({ group }) => group),
    belong: pairsIn(rows, ({ outage }) => outage),
    both: pairsIn(rows, ({ group, outage }) => `${group}\n${outage}`),
  };
}

function pairsIn<Row>(rows: readonly Row[], nameOf: (row: Row) => string): number {
  const sizes = [...Map.groupBy(rows, nameOf).values()].map(({ length }) => length);
  return sizes.reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
}

/** All scenes together. */
export const addedUp = (all: readonly Pairs[]): Pairs =>
  all.reduce(
    (sum, one) => ({
      together: sum.together + one.together,
      belong: sum.belong + one.belong,
      both: sum.both + one.both,
    }),
    { together: 0, belong: 0, both: 0 },
  );

/** What they say. Where nothing was put together, nothing was put together wrongly. */
export function qualityOf({ together, belong, both }: Pairs): Quality {
  const precision = together === 0 ? 1 : both / together;
  const recall = belong === 0 ? 1 : both / belong;
  return {
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
  };
}

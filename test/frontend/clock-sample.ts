import { MINUTE } from '../../shared/kernel/index.ts';
import { metricsApi } from '../../shared/metrics/api.ts';
import { incidentAnalysis, type Targets } from '../../shared/metrics/index.ts';
import { ann } from '../support/given.ts';
import { open } from './sample.ts';

const usual: Targets = {
  mtta: { severity: { P1_CRITICAL: 5 * MINUTE } },
  mttr: { severity: { P1_CRITICAL: 120 * MINUTE } },
};

/** How an incident of the sample stands to these targets now; one that is not in it stands like the first. */
export function clockOf(id: string, targets: Targets = usual, since?: string) {
  const now = Date.now();
  const shown = open.find((one) => one.id === id) ?? open[0];
  const { openedAt, acknowledgedAt, ...rest } = shown ?? {};
  const at = Date.parse(since ?? openedAt ?? '');
  const points = { detectedAt: at, ...(acknowledgedAt && { acknowledgedAt: Date.parse(acknowledgedAt) }) };
  const head = { number: 1, ...rest, openedAt: at, points } as unknown as Parameters<
    typeof incidentAnalysis
  >[0];
  const versions = [{ version: 1, setAt: 0, setBy: ann, targets }];
  const analysis = incidentAnalysis(head, { componentsOf: new Map(), now, versions });
  return metricsApi['get-incident'].answer.parse({ at: new Date(now).toISOString(), ...analysis });
}

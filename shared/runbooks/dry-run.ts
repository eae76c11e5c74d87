import type { Incident } from '../incidents/index.ts';
import { clipped, type Instant } from '../kernel/index.ts';
import { isEffect } from './command.ts';
import { incidentValues, outgoing, type Surroundings, sentText } from './outgoing.ts';
import { isRefused } from './parsed.ts';
import type { PlannedStep } from './run.ts';
import { commandOf, inOrder, type Runbook, type Step } from './runbook.ts';
import { planned } from './start.ts';
import { namesIn, type Values } from './template.ts';

/** What a step would do. */
export interface Foreseen extends PlannedStep {
  readonly description: string;
  /** As its author wrote it. */
  readonly command?: string;
  /** What would be sent, one text for each request. */
  readonly sends?: readonly string[];
  /** Why it would fail. */
  readonly refused?: string;
  /** What is not known before the run: outputs of steps before it. */
  readonly needs?: readonly string[];
}

/** The most of one request that is shown, in bytes. */
const LONGEST = 4_000;

/** What every step would send, in order; nothing is carried out. */
export function dryRun(
  runbook: Runbook,
  incident: Incident | undefined,
  around: Surroundings,
  now: Instant,
): readonly Foreseen[] {
  const values = new Map([...incidentValues(incident), ['run.id', 'run_dry'] as const]);
  return inOrder(runbook).map((step) => foreseeStep(runbook, step, { values, around, now }));
}

/** What one step would send with the values that are known. */
export function foreseeStep(
  runbook: Pick<Runbook, 'cluster'>,
  step: Step,
  { values, around, now }: { readonly values: Values; readonly around: Surroundings; readonly now: Instant },
): Foreseen {
  const { command: text, description } = step;
  const shown = { ...planned(step), description, ...(text !== undefined && { command: text }) };
  const command = commandOf(step);
  if (!isEffect(command)) return shown;
  const needs = namesIn(text ?? '').filter((name) => name.startsWith('steps.') && !values.has(name));
  if (needs.length > 0) return { ...shown, needs: [...new Set(needs)] };
  const sent = outgoing(command, values, around, step.cluster ?? runbook.cluster);
  if (isRefused(sent)) return { ...shown, refused: sent.refused };
  return { ...shown, sends: sentText(sent.value, now).map((one) => clipped(one, LONGEST)) };
}

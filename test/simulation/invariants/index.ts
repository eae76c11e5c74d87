import { accepted } from './accepted.ts';
import { counted } from './counted.ts';
import { durable } from './durable.ts';
import type { Invariant } from './invariant.ts';
import { nextStep } from './next-step.ts';
import { numbered } from './numbered.ts';
import { oneOpen } from './one-open.ts';
import { sameOutcome } from './outcome.ts';
import { resolved } from './resolved.ts';
import { rulesInForce } from './rules-in-force.ts';
import { steps } from './steps.ts';
import { tenants } from './tenants.ts';

export type { Batch, Invariant, Observed } from './invariant.ts';

/** All promises that a run is held to. */
export const allInvariants = (): readonly Invariant[] => [
  accepted,
  counted,
  steps,
  nextStep,
  resolved,
  tenants,
  numbered,
  durable,
  oneOpen,
  rulesInForce,
  sameOutcome(),
];

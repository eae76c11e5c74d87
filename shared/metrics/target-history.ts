import type { Actor, Instant } from '../kernel/index.ts';
import type { Targets } from './targets.ts';

/** Targets as somebody set them: they hold from then on, until the next are set. */
export interface TargetsVersion {
  /** From 1. */
  readonly version: number;
  readonly setAt: Instant;
  readonly setBy: Actor;
  readonly targets: Targets;
}

const none: Targets = {};

/**
 * The targets that held at a moment, by the versions, newest first. Before the first of all nothing held; where the first is not
 * among them any more, the earliest that is known stands for it.
 */
export function targetsAt(versions: readonly TargetsVersion[], at: Instant): Targets {
  const held = versions.find(({ setAt }) => setAt <= at);
  if (held) return held.targets;
  const earliest = versions.at(-1);
  return earliest && earliest.version > 1 ? earliest.targets : none;
}

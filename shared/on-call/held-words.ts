import type { HeldStep } from '../incidents/index.ts';
import { utcText } from '../kernel/index.ts';

/** How long something keeps a step back, and what. */
export const heldWords = ({ by, until }: HeldStep): string =>
  until === undefined
    ? `is held while an alert fires that mutes it: ${by}`
    : `is held until ${utcText(until)} UTC by ${by}`;

/** What keeps a step back, as people know it. */
export const holderName = (heldBy: string): string =>
  heldBy.startsWith('inh_') ? 'An alert that mutes it' : heldBy;

import type * as z from 'zod';
import { toText } from '../kernel/index.ts';
import type { changeView } from './api.ts';
import type { Change } from './change.ts';

/** A change as the API shows it, with its times as text. */
export function viewChange({ recordedBy: _, at, recordedAt, ...change }: Change): z.input<typeof changeView> {
  return { ...change, at: toText(at), recordedAt: toText(recordedAt) };
}

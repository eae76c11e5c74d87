import type * as z from 'zod';
import type { onCallApi } from './api.ts';

/** The channels of somebody and what became of their tests, as the API shows it. */
export type TestsView = z.input<(typeof onCallApi)['list-tests']['answer']>;

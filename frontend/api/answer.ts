import type * as z from 'zod';
import type { VerbApi } from '../../shared/api/index.ts';

/** The body of a successful answer of a verb. */
export type Answer<Verb extends VerbApi> = z.output<Verb['answer']>;

/** What a verb takes as its body. */
export type Body<Verb extends { readonly body: z.ZodType }> = z.input<Verb['body']>;

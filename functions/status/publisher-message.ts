import * as z from 'zod';
import { isId, type PageId } from '../../shared/kernel/index.ts';
import type { PublishMessage, RefreshMessage } from '../../shared/wiring/index.ts';

const page = z
  .string()
  .refine((text): text is PageId => isId('statusPage', text), 'Expected the id of a status page');

const message = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('publish'), page, root: z.boolean(), seq: z.int().min(1), data: z.unknown() }),
  z.object({ kind: z.literal('refresh'), page, root: z.boolean() }),
]);

/** What the publisher is asked, as it came from the queue. */
export const parsePublisherMessage = (body: unknown): PublishMessage | RefreshMessage => message.parse(body);

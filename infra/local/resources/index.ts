import type { ResourceKind } from '../resource.ts';
import { bucket } from './bucket.ts';
import { bucketContent } from './bucket-content.ts';
import { distribution } from './distribution.ts';
import { eventSource } from './event-source.ts';
import { lambdaFunction } from './function.ts';
import { inbox } from './inbox.ts';
import { permissions } from './permissions.ts';
import { queue } from './queue.ts';
import { receiptRules } from './receipt-rules.ts';
import { restApi } from './rest-api.ts';
import { schedule } from './schedule.ts';
import { secret } from './secret.ts';
import { signIn } from './sign-in.ts';
import { socketApi } from './socket-api.ts';
import { tables } from './table.ts';

/** Every kind of resource that the runner knows; a type that is neither here nor in `ignored.ts` refuses to start. */
export const resourceKinds: readonly ResourceKind[] = [
  bucket,
  eventSource,
  lambdaFunction,
  queue,
  schedule,
  secret,
  ...tables,
  ...bucketContent,
  ...distribution,
  ...inbox,
  ...permissions,
  ...receiptRules,
  ...restApi,
  ...signIn,
  ...socketApi,
];

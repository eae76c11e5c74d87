import { Aws, Fn } from 'aws-cdk-lib';

/**
 * The unique part of the stack's own id, known while it is deployed. For the few names that AWS wants unique beyond one
 * region, such as those of the CDN: with it, a second stack in the account or in another region does not collide.
 */
export const stackUuid = Fn.select(2, Fn.split('/', Aws.STACK_ID));

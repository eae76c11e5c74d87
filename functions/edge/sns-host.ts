const ofSns = /^sns\.[a-z]{2}(-[a-z]+)+-\d+\.amazonaws\.com(\.cn)?$/;

/** Whether Amazon SNS answers at this name: that of a region, since `sns.s3-us-west-2…` would be a bucket of anybody. */
export const isSnsHost = (hostname: string): boolean => ofSns.test(hostname);

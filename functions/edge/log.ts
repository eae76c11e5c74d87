import { Logger } from '@aws-lambda-powertools/logger';

/** The only log. Events, bodies, headers, keys, tokens and tickets are never handed to it: paths only as route templates. */
export const log = new Logger({ serviceName: 'incident-management' });

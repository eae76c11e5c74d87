import { Console } from 'node:console';
import { Logger } from '@aws-lambda-powertools/logger';
import { LogLine } from './log-line.ts';

/** The only log. Events, bodies, headers, keys, tokens and tickets are never handed to it: paths only as route templates. */
export const log = new Logger({ serviceName: 'incident-management', logFormatter: new LogLine() });

// AWS promises to read embedded metrics from standard output, and the logger would put errors, which carry one, elsewhere.
Reflect.set(log, 'console', new Console(process.stdout, process.stdout));

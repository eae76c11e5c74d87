import { queueTarget } from '../support/contract.ts';
import { queueContract } from './suites/queue.ts';

queueContract(queueTarget);

import { socketTarget } from '../support/contract.ts';
import { socketContract } from './suites/sockets.ts';

socketContract(socketTarget);

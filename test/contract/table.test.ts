import { tableTarget } from '../support/contract.ts';
import { tableContract } from './suites/table.ts';

tableContract(tableTarget);

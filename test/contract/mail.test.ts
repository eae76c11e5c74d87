import { mailTarget } from '../support/contract.ts';
import { mailContract } from './suites/mail.ts';

mailContract(mailTarget);

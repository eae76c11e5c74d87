import type { OrganisationId } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';

export const alertKey = (org: OrganisationId, fp: string) => schema.alertHead.key({ org, fp });

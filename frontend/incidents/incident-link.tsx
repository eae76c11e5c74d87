import { Link } from 'wouter';
import type { IncidentId } from '../../shared/kernel/index.ts';
import { incidentAddress } from '../app/addresses.ts';

/** A link to the page of another incident. */
export const linkTo = (incident: IncidentId) => (
  <Link to={incidentAddress(incident)}>Open that incident</Link>
);

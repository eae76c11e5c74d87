import { Link } from 'wouter';
import { type IncidentId, isId, type RunId } from '../../shared/kernel/index.ts';
import { incidentAddress, runAddress } from '../app/addresses.ts';

/** A link to the page of another incident, or of a run, that a fact of this one is about. */
export const linkTo = (to: IncidentId | RunId) =>
  isId('run', to) ? (
    <Link to={runAddress(to)}>Run</Link>
  ) : (
    <Link to={incidentAddress(to as IncidentId)}>Open that incident</Link>
  );

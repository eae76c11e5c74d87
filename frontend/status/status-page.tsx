import { type CSSProperties, Fragment } from 'react';
import { brandProperties } from '../../shared/status/branding.ts';
import type { StatusView } from '../../shared/status/view.ts';
import { ComponentList } from './component-list.tsx';
import { OpenIncidents, PastIncidents } from './incident-list.tsx';
import { MaintenanceUnderWay, ScheduledMaintenance } from './maintenance-list.tsx';
import { Moment } from './moment.tsx';
import { Prose } from './prose.tsx';
import { SubscribeForm } from './subscribe-form.tsx';

/** What a page shows, as `GET /api/status/public` and `status.json` give it; what is missing is left out. */
export type StatusPageConfig = Partial<StatusView>;

export interface StatusPageProps {
  /** @default nothing is known yet */
  readonly config?: StatusPageConfig | undefined;
  /** Shows nothing that is for members only. @default true */
  readonly isPublic?: boolean;
  /** @default 'auto', as the reader's system is */
  readonly theme?: 'light' | 'dark' | 'auto';
  /** The address of the Atom feed. @default no link */
  readonly feed?: string | undefined;
  /** The page stands within another one, which has its own `main`. @default false */
  readonly isWithin?: boolean;
  /** The address that the form of subscribers posts to. @default no form */
  readonly subscribe?: string | undefined;
}

/**
 * The status of a team's services: what is true now, what is going on, 90 days of each component, announced work and what is over.
 * It takes props alone: no router, no state, no request. Its style is `status.css`.
 */
export function StatusPage({
  config = {},
  isPublic = true,
  theme = 'auto',
  feed,
  isWithin = false,
  subscribe,
}: StatusPageProps) {
  const { page, components = [], groups = [], incidents = [], maintenance = [], past = [] } = config;
  const common = { components, isPublic };
  // Colours go through an allow list of properties; a static page has them in its style sheet instead.
  const brand = Object.fromEntries(brandProperties(page?.colours)) as CSSProperties;
  const style = Object.keys(brand).length > 0 ? { style: brand } : {};
  const Frame = isWithin ? 'div' : 'main';
  return (
    <Frame className={`status-page ${theme}`} {...style}>
      <PageHead page={page} />
      <Banner config={config} />
      <OpenIncidents incidents={incidents} {...common} />
      <MaintenanceUnderWay maintenance={maintenance} {...common} />
      <ComponentList groups={groups} {...common} />
      <ScheduledMaintenance maintenance={maintenance} {...common} />
      <PastIncidents incidents={past} {...common} />
      {subscribe !== undefined && page?.id !== undefined && (
        <SubscribeForm action={subscribe} page={page.id} />
      )}
      <PageFoot text={page?.footer} feed={feed} />
    </Frame>
  );
}

interface PageFootProps extends Pick<StatusPageProps, 'feed'> {
  readonly text: string | undefined;
}

function PageFoot({ text, feed }: PageFootProps) {
  return (
    <footer>
      {text !== undefined && <Prose text={text} />}
      <p className="soft">
        All times are in UTC.
        {feed !== undefined && (
          <Fragment>
            {' '}
            <a href={feed}>Atom feed</a>
          </Fragment>
        )}
      </p>
    </footer>
  );
}

function PageHead({ page }: { readonly page: StatusPageConfig['page'] }) {
  const { name = 'Status', logo, url, header } = page ?? {};
  return (
    <header>
      <div className="row">
        {logo !== undefined && (
          <img src={logo} alt="" height="40" fetchPriority="low" referrerPolicy="no-referrer" />
        )}
        <h1 dir="auto">{name}</h1>
        {url !== undefined && (
          <a href={url} rel="noopener">
            Website
          </a>
        )}
      </div>
      {header !== undefined && <Prose text={header} />}
    </header>
  );
}

function Banner({ config: { indicator, description, updatedAt } }: { readonly config: StatusPageConfig }) {
  return (
    <div className={`banner ${indicator ?? 'unknown'}`}>
      <p>
        <b>{description ?? 'Nothing is known yet'}</b>
      </p>
      {updatedAt !== undefined && (
        <p>
          Last updated <Moment at={updatedAt} />
        </p>
      )}
    </div>
  );
}

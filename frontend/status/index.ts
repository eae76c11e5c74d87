export { default as statusCss } from './status.css?inline';
export { StatusDocument, type StatusDocumentProps } from './status-document.tsx';
export { StatusPage, type StatusPageConfig, type StatusPageProps } from './status-page.tsx';

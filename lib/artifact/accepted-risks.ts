import type { AcceptedRisk } from './artifact';
import { entry, type Json } from './template-text';

/** Risks that a resource names as accepted: `portcullis:accepted` of its metadata or its comment. */
export function acceptedRisks(list: Json | undefined): readonly Pick<AcceptedRisk, 'claim' | 'reason'>[] {
  return (Array.isArray(list) ? (list as readonly Json[]) : []).flatMap((risk) => {
    const claim = entry(risk, 'claim');
    const reason = entry(risk, 'reason');
    return typeof claim === 'string' && typeof reason === 'string' ? [{ claim, reason }] : [];
  });
}

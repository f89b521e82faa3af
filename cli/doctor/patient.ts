import type { Policy } from '../../loop/policy.ts';
import type { GroupId, GroupSnapshot, GroupSurroundings } from '../../loop/ports.ts';

/** What can be known of one group before anything is judged. */
export interface Patient {
  readonly group: GroupId;
  readonly policy: Policy;
  readonly snapshot: GroupSnapshot;
  readonly around: GroupSurroundings;
}

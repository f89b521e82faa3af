import type { OpenAccount } from './account.ts';
import { blastRadiusContract } from './blast-radius.contract.ts';
import { documentsContract } from './documents.contract.ts';
import { groupActorContract, groupReaderContract } from './groups.contract.ts';
import { headroomContract } from './headroom.contract.ts';
import { historyStoreContract } from './history-store.contract.ts';
import { launchesContract } from './launches.contract.ts';
import { ledgerContract } from './ledger.contract.ts';
import { loadReaderContract } from './load-reader.contract.ts';
import { messagesContract } from './messages.contract.ts';
import { runtimeStoreContract } from './runtime-store.contract.ts';
import { switchBoardContract } from './switch-board.contract.ts';

/** What every set of ports promises, whatever stands behind it. */
export function portsContract(open: OpenAccount): void {
  const suites = [
    loadReaderContract,
    groupReaderContract,
    groupActorContract,
    runtimeStoreContract,
    ledgerContract,
    historyStoreContract,
    documentsContract,
    switchBoardContract,
    blastRadiusContract,
    headroomContract,
    launchesContract,
    messagesContract,
  ];
  for (const suite of suites) suite(open);
}

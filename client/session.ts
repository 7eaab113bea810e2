// Session: everything of the extension that is the same in every VS Code. It waits for nothing: the server starts beside it.
import { commands, type ExtensionContext, workspace } from 'vscode';
import { provideBuildLenses } from './build-lenses.ts';
import { createClient, restart, type Server } from './client.ts';
import { watchOthers } from './coexistence.ts';
import { createBuilding } from './commands/build.ts';
import { chooseRule } from './commands/choose-rule.ts';
import { createConfiguration } from './commands/create-configuration.ts';
import { orTell } from './commands/failure.ts';
import { fixAll } from './commands/fix-all.ts';
import { createHardening } from './commands/harden.ts';
import { hardenService } from './commands/harden-service.ts';
import { lintWorkspace } from './commands/lint-workspace.ts';
import { pickImage, pinImages } from './commands/pin-images.ts';
import { createReports } from './commands/report.ts';
import { createScans } from './commands/scan.ts';
import { createSizes } from './commands/size.ts';
import { answerFileRequests } from './files.ts';
import { watchOffers } from './offered.ts';
import { clientOptions } from './options.ts';
import { showStatus } from './status.ts';
import { provideTasks } from './tasks.ts';

export function start(context: ExtensionContext, server: Server): void {
  const client = createClient(server, clientOptions());
  const hardening = createHardening();
  const reports = createReports(client, hardening);
  const scans = createScans(client, context.workspaceState);
  const sizes = createSizes(client);
  const building = createBuilding(client, context.workspaceState);
  const handlers: Readonly<Record<string, (given: never) => unknown>> = {
    'bulkhead.fixAll': fixAll,
    'bulkhead.harden': hardening.preview,
    'bulkhead.hardenService': (given: unknown) => hardenService(client, hardening, given),
    'bulkhead.applyHardening': hardening.apply,
    'bulkhead.showReport': reports.show,
    'bulkhead.scanImage': scans.image,
    'bulkhead.scanWorkspace': scans.workspace,
    'bulkhead.acceptVulnerability': scans.accept,
    'bulkhead.inspectSize': sizes.inspect,
    'bulkhead.buildImage': building.image,
    'bulkhead.compareBuilds': building.compare,
    'bulkhead.lintWorkspace': () => lintWorkspace(client),
    'bulkhead.pinImages': (given: unknown) => pinImages(client, given),
    'bulkhead.pickImage': (place: unknown) => pickImage(client, place),
    'bulkhead.chooseRule': () => chooseRule(client),
    'bulkhead.createConfiguration': () => createConfiguration(client),
    'bulkhead.restartServer': () => restart(client),
    'bulkhead.showLog': () => client.outputChannel.show(),
  };
  context.subscriptions.push(
    client,
    hardening,
    ...Object.entries(handlers).map(([id, handle]) => commands.registerCommand(id, orTell(handle))),
    reports,
    scans,
    sizes,
    workspace.onDidGrantWorkspaceTrust(() => restart(client)),
    ...answerFileRequests(client),
    showStatus(client),
    watchOthers(client),
    watchOffers(client),
    provideTasks(),
    provideBuildLenses(client),
  );
  void client.start();
}

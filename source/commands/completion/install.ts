import { rm, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { asRecord, asText } from '../../core/door.ts';
import { EpsError } from '../../core/error.ts';
import { completeCommand, completerName, type Io } from '../command.ts';

type Caller = Pick<Io, 'program' | 'env' | 'platform'>;

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

/** The path of the program as it was called, whatever it links to: krew replaces what its link leads to. */
async function calledAs({ program, env }: Caller): Promise<string> {
  if (/[/\\]/.test(program)) return path.resolve(program);
  for (const folder of (env['PATH'] ?? '').split(path.delimiter)) {
    const file = path.join(folder, program);
    if (await exists(file)) return file;
  }
  throw new EpsError(`cannot find ${program} on the PATH`, { hint: 'call it by its path' });
}

/** Windows lets few users make links, and finds scripts on the PATH. */
async function place(folder: string, target: string, platform: Io['platform']): Promise<string> {
  if (platform === 'win32') {
    const script = path.join(folder, `${completerName}.cmd`);
    await writeFile(script, `@"%~dp0${target}" ${completeCommand} %*\r\n`);
    return script;
  }
  const link = path.join(folder, completerName);
  if (await exists(link)) return link;
  // One that leads nowhere.
  await rm(link, { force: true });
  await symlink(target, link);
  return link;
}

/** Places the link by which kubectl finds the completion beside the program; says where. */
export async function installCompleter(caller: Caller): Promise<string> {
  const program = await calledAs(caller);
  const folder = path.dirname(program);
  try {
    return `${await place(folder, path.basename(program), caller.platform)} is in place\n`;
  } catch (cause) {
    throw new EpsError(`cannot write to ${folder}: ${asText(asRecord(cause)['code'])}`, {
      hint: `sudo ln -sf ${path.basename(program)} ${path.join(folder, completerName)}`,
      cause,
    });
  }
}

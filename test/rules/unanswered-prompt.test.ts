// unanswered-prompt: what answers, and who is asked.
import rule from '../../server/core/rules/dockerfile/unanswered-prompt.ts';
import { type Row, ruleTable } from '../support/rule-table.ts';

const row = (name: string, run: string, messages: string, fixed?: string): Row => {
  const code = `FROM a\nRUN ${run}\n`;
  return fixed === undefined ? [name, code, messages] : [name, code, messages, `FROM a\nRUN ${fixed}\n`];
};

ruleTable(rule, [
  row('conda', '«conda create» -n a python=3.14', 'other', 'conda create -y -n a python=3.14'),
  row(
    'conda is answered',
    'conda install -qy a && mamba update --yes a && conda env create -f a && conda list',
    '',
  ),
  row(
    'conda cleans up',
    'conda install -y a && «conda clean» -a',
    'other',
    'conda install -y a && conda clean -y -a',
  ),
  row('conda is told', 'conda config --set always_yes true && conda install a', ''),
  row('conda is told by a variable', 'CONDA_ALWAYS_YES=true conda install a', ''),
  row('among other letters', 'apt-get install -fmy a', ''),
  row('before the verb', 'apt-get --assume-yes install a', ''),
  row('behind the packages', 'apt-get install a --yes', ''),
  row('a level of quiet that means yes', 'apt-get -q=2 install a', ''),
  row('a level that does not', '«apt-get -q=1 install» a', 'apt', 'apt-get -q=1 install -y a'),
  row('a setting', 'apt-get -o APT::Get::Assume-Yes=true install a', ''),
  row('a setting in one word', 'apt-get -o=APT::Get::Assume-Yes=true install a', ''),
  row('fed with names', 'echo a | xargs «apt-get install»', 'apt', 'echo a | xargs apt-get install -y'),
  row('fed with yes', 'yes | apt-get install a', ''),
  row('nothing is done', 'apt-get --simulate install a', ''),
  row('flags in a variable', 'apt-get install $APT_FLAGS a', ''),
  row('flags before the verb', 'apt-get $QUIET install a', ''),
  row('packages in a variable', '«apt-get install» $PACKAGES', 'apt', 'apt-get install -y $PACKAGES'),
  row('a value that is no flag', '«apt-get install» -t $DIST a', 'apt', 'apt-get install -y -t $DIST a'),
  row('with sudo', 'sudo «apt-get install» a', 'apt', 'sudo apt-get install -y a'),
  row('in another script', 'bash -c "«apt-get install» a"', 'apt', 'bash -c "apt-get install -y a"'),
  row('as text', 'echo "apt-get install a"', ''),
  row('the front end for people', '«apt install» a', 'other', 'apt install -y a'),
  row('a setting of dnf', 'dnf --setopt=assumeyes=True install a && yum --setopt assumeyes=1 install a', ''),
  row('a module', '«yum module install» a:1', 'yum', 'yum module install -y a:1'),
  row('a kind of dnf', '«microdnf install» a', 'dnf', 'microdnf install -y a'),
  row('of zypper whatever it does', '«zypper rm» a', 'zypper', 'zypper rm -y a'),
  row('options for all of zypper', 'zypper -n in a && zypper --non-interactive up', ''),
  row('pacman has its own', '«pacman -S» a', 'other', 'pacman -S --noconfirm a'),
  row('only the index', 'apt-get update && dnf makecache && pacman -Sy --noconfirm', ''),
  [
    'configured by a copied file that nobody sees here',
    'FROM a\nCOPY apt.conf /etc/apt/apt.conf.d/\nRUN apt-get install a\n',
    '',
  ],
  [
    'configured in a stage below',
    'FROM a AS b\nRUN echo "assumeyes=True" >> /etc/dnf/dnf.conf\nFROM b\nRUN dnf install a\n',
    '',
  ],
  [
    'configured too late',
    'FROM a\nRUN «dnf install» a\nRUN echo assumeyes=1 >> /etc/dnf/dnf.conf\n',
    'dnf',
    'FROM a\nRUN dnf install -y a\nRUN echo assumeyes=1 >> /etc/dnf/dnf.conf\n',
  ],
  ['at the start of a container', 'FROM a\nCMD apt-get install a\n', ''],
  [
    'behind ONBUILD',
    'FROM a\nONBUILD RUN «apt-get install» a\n',
    'apt',
    'FROM a\nONBUILD RUN apt-get install -y a\n',
  ],
]);

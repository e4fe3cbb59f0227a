"""Modules of which the recorder must know when the program imports them."""
import sys


class _Loader:
    """A module's own loader, and then a word to the recorder."""

    def __init__(self, loader, told):
        self._loader, self._told = loader, told

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module):
        module.__spec__.loader = module.__loader__ = self._loader
        self._loader.exec_module(module)
        self._told(module)

    def __getattr__(self, name):
        return getattr(self._loader, name)


class Finder:
    def __init__(self):
        self.told = {}  # name -> function of the module

    def find_spec(self, name, path=None, target=None):
        told = self.told.pop(name, None)
        if told is None:
            return None
        if not self.told:
            sys.meta_path.remove(self)
        for finder in sys.meta_path:
            if finder is not self and hasattr(finder, 'find_spec'):
                spec = finder.find_spec(name, path, target)
                if spec is not None:
                    if hasattr(spec.loader, 'exec_module'):
                        spec.loader = _Loader(spec.loader, told)
                    return spec
        return None


finder = Finder()


def when_imported(name, told):
    """told(module) is called when the program has imported it."""
    if not finder.told:
        sys.meta_path.insert(0, finder)
    finder.told[name] = told

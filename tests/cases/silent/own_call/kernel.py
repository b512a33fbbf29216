from .module import Module


class LazyTensor:
    def __init__(self, x1, x2, kernel):
        self.x1, self.x2, self.kernel = x1, x2, kernel


class Kernel(Module):
    def __init__(self, base=None):
        super().__init__()
        self.base = base

    def __call__(self, x1, x2=None, diag=False, **params):  # FWD202:9
        if diag:
            return super().__call__(x1, x2, diag=True, **params)
        return LazyTensor(x1, x2, kernel=self)

    def covar_dist(self, x1, x2):
        return self.forward(x1, x2)

@preconcurrency import CGSL

/// A line fitted through rows of predictors, in any number of dimensions.
struct RegressionFit {
    var coefficients: [Double]
    /// Variance of each coefficient, the scatter about the line included.
    var variances: [Double]
    /// Σ weight · residual², the residuals of the weighted fit.
    var squares: Double
    var degreesOfFreedom: Int
}

/// Rows y ≈ Σ βⱼ·xⱼ with weights, as GSL takes them.
struct Regression: ~Copyable {
    private let x: UnsafeMutablePointer<gsl_matrix>
    private let y: UnsafeMutablePointer<gsl_vector>
    private let weights: UnsafeMutablePointer<gsl_vector>
    private let rows: Int
    private let columns: Int

    /// How small a singular value may be, as a part of the greatest, before the columns are taken
    /// for dependent; GSL balances them first.
    private static let tolerance = 1e-10

    /// `nil` where there are not more rows than columns, a number is not finite or a weight not above 0.
    init?(_ predictors: [[Double]], _ measured: [Double], weights: [Double]) {
        let columns = predictors.first?.count ?? 0
        guard columns > 0, predictors.count > columns,
            predictors.allSatisfy({ $0.count == columns && $0.allSatisfy(\.isFinite) }),
            measured.allSatisfy(\.isFinite), weights.allSatisfy({ $0.isFinite && $0 > 0 })
        else { return nil }
        GSLErrors.areReturned
        rows = predictors.count
        self.columns = columns
        x = gsl_matrix_alloc(rows, columns)
        y = gsl_vector_alloc(rows)
        self.weights = gsl_vector_alloc(rows)
        for row in predictors.indices {
            gsl_vector_set(y, row, measured[row])
            gsl_vector_set(self.weights, row, weights[row])
            for column in 0..<columns { gsl_matrix_set(x, row, column, predictors[row][column]) }
        }
    }

    deinit {
        gsl_matrix_free(x)
        gsl_vector_free(y)
        gsl_vector_free(weights)
    }

    /// Weighted least squares; the weights are relative, and the scatter is told from the residuals.
    ///
    /// GSL manual, "Multi-parameter regression", `gsl_multifit_wlinear_tsvd`. `nil` where the columns are dependent.
    func weighted() -> RegressionFit? {
        let space = gsl_multifit_linear_alloc(rows, columns)
        defer { gsl_multifit_linear_free(space) }
        var squares = 0.0
        var rank = 0
        let fit = solve { c, covariance in
            gsl_multifit_wlinear_tsvd(x, weights, y, Self.tolerance, c, covariance, &squares, &rank, space)
        }
        guard var fit, rank == columns else { return nil }
        fit.squares = squares
        let scatter = squares / Double(fit.degreesOfFreedom)
        fit.variances = fit.variances.map { $0 * scatter }
        return fit
    }

    /// Tukey's bisquare, by iteratively reweighted least squares on rows multiplied by √weight.
    ///
    /// GSL manual, "Robust linear regression", `gsl_multifit_robust`; the variances are those of DuMouchel and
    /// O'Brien (1989), as there. `nil` where it does not settle; ask `weighted` first whether columns depend.
    consuming func robust() -> RegressionFit? {
        for row in 0..<rows {
            let root = gsl_vector_get(weights, row).squareRoot()
            gsl_vector_set(y, row, gsl_vector_get(y, row) * root)
            for column in 0..<columns { gsl_matrix_set(x, row, column, gsl_matrix_get(x, row, column) * root) }
            gsl_vector_set(weights, row, 1)
        }
        let space = gsl_multifit_robust_alloc(gsl_multifit_robust_bisquare, rows, columns)
        defer { gsl_multifit_robust_free(space) }
        gsl_multifit_robust_maxiter(1000, space)
        return solve { c, covariance in gsl_multifit_robust(x, y, c, covariance, space) }
    }

    private func solve(
        _ fit: (UnsafeMutablePointer<gsl_vector>?, UnsafeMutablePointer<gsl_matrix>?) -> Int32
    ) -> RegressionFit? {
        let c = gsl_vector_alloc(columns)
        let covariance = gsl_matrix_alloc(columns, columns)
        defer {
            gsl_vector_free(c)
            gsl_matrix_free(covariance)
        }
        guard fit(c, covariance) == Int32(GSL_SUCCESS) else { return nil }
        let coefficients = (0..<columns).map { gsl_vector_get(c, $0) }
        let variances = (0..<columns).map { gsl_matrix_get(covariance, $0, $0) }
        guard coefficients.allSatisfy(\.isFinite), variances.allSatisfy({ $0.isFinite && $0 >= 0 }) else { return nil }
        return RegressionFit(
            coefficients: coefficients, variances: variances, squares: 0, degreesOfFreedom: rows - columns)
    }
}

using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace AkkaChat.Handlers;

/// <summary>
/// Checks arguments by the validation attributes of their types (System.ComponentModel.DataAnnotations). Types without
/// any cost nothing. An attribute of a positional record's parameter counts for the property it makes.
/// </summary>
internal static class ArgumentValidation
{
    private static readonly ConcurrentDictionary<Type, bool> HasRules = new();
    private static readonly ConcurrentDictionary<Type, ParameterRule[]> Parameters = new();

    /// <exception cref="ArgumentBindingException">The value breaks a rule.</exception>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Bound types are kept by their handlers.")]
    public static void Check(object? value, string eventName, int index)
    {
        if (value is null || !HasRules.GetOrAdd(value.GetType(), static type => NeedsCheck(type)))
        {
            return;
        }

        List<ValidationResult> results = [];
        Validator.TryValidateObject(value, new ValidationContext(value), results, validateAllProperties: true);
        CheckParameters(value, results);
        if (results.Count > 0)
        {
            var why = string.Join(" ", results.Select(result => result.ErrorMessage));
            throw new ArgumentBindingException(
                $"Argument {index + 1} of event '{eventName}' is not valid: {why}",
                $"Argument {index + 1} is not valid: {why}");
        }
    }

    private static void CheckParameters(object value, List<ValidationResult> results)
    {
        foreach (var (property, rules) in ParametersOf(value.GetType()))
        {
            var context = new ValidationContext(value) { MemberName = property.Name };
            Validator.TryValidateValue(property.GetValue(value), context, results, rules);
        }
    }

    private static ParameterRule[] ParametersOf(Type type) => Parameters.GetOrAdd(type, static type =>
    [
        .. from constructor in type.GetConstructors()
           from parameter in constructor.GetParameters()
           let rules = parameter.GetCustomAttributes<ValidationAttribute>(inherit: true).ToArray()
           where rules.Length > 0
           let property = type.GetProperty(parameter.Name!)
           where property is not null
           select new ParameterRule(property, rules),
    ]);

    private static bool NeedsCheck(Type type) =>
        typeof(IValidatableObject).IsAssignableFrom(type)
        || type.GetCustomAttributes<ValidationAttribute>(inherit: true).Any()
        || type.GetProperties().Any(property => property.GetCustomAttributes<ValidationAttribute>(inherit: true).Any())
        || ParametersOf(type).Length > 0;

    private sealed record ParameterRule(PropertyInfo Property, ValidationAttribute[] Rules);
}

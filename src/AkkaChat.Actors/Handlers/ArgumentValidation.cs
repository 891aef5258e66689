using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace AkkaChat.Handlers;

/// <summary>
/// Checks arguments by the validation attributes of their types (System.ComponentModel.DataAnnotations). Types without
/// any cost nothing.
/// </summary>
internal static class ArgumentValidation
{
    private static readonly ConcurrentDictionary<Type, bool> HasRules = new();

    /// <exception cref="ArgumentBindingException">The value breaks a rule.</exception>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Bound types are kept by their handlers.")]
    public static void Check(object? value, string eventName, int index)
    {
        if (value is null || !HasRules.GetOrAdd(value.GetType(), NeedsCheck))
        {
            return;
        }

        List<ValidationResult> results = [];
        if (!Validator.TryValidateObject(value, new ValidationContext(value), results, validateAllProperties: true))
        {
            var why = string.Join(" ", results.Select(result => result.ErrorMessage));
            throw new ArgumentBindingException(
                $"Argument {index + 1} of event '{eventName}' is not valid: {why}",
                $"Argument {index + 1} is not valid: {why}");
        }
    }

    private static bool NeedsCheck(Type type) =>
        typeof(IValidatableObject).IsAssignableFrom(type)
        || type.GetCustomAttributes<ValidationAttribute>(inherit: true).Any()
        || type.GetProperties().Any(property => property.GetCustomAttributes<ValidationAttribute>(inherit: true).Any());
}

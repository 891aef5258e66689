using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaChat.Host.Tests.Support;

/// <summary>The server as the application sees it: all goes through to the real one, but what <see cref="Fault"/> lets fail.</summary>
public class FaultyChat : DispatchProxy
{
    private object _real = null!;
    private Fault _fault = null!;

    /// <summary>Puts it between the application and the server.</summary>
    internal static void AddTo(IServiceCollection services, Fault fault)
    {
        var real = services.Last(service => service.ServiceType == typeof(IAkkaChat)).ImplementationFactory!;
        services.AddSingleton(given => Of((IAkkaChat)real(given), fault));
    }

    internal static T Of<T>(T real, Fault fault)
        where T : class
    {
        var proxy = Create<T, FaultyChat>();
        var self = (FaultyChat)(object)proxy;
        (self._real, self._fault) = (real, fault);
        return proxy;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (_fault.Takes(targetMethod!.Name))
        {
            var failure = new TimeoutException($"{targetMethod.Name} has no answer.");
            return targetMethod.ReturnType == typeof(Task<bool>) ? Task.FromException<bool>(failure) : Task.FromException(failure);
        }

        var result = targetMethod.Invoke(_real, BindingFlags.DoNotWrapExceptions, null, args, null);
        if (result is IRoomLog log)
        {
            return Of(log, _fault);
        }

        return result is IBroadcaster sockets && targetMethod.ReturnType == typeof(IBroadcaster) ? Of(sockets, _fault) : result;
    }
}

/// <summary>What is to fail: as if a node did not answer in time. Thread-safe.</summary>
internal sealed class Fault
{
    private string? _next;
    private volatile string? _lasting;

    /// <summary>The name of a method that fails for as long as it is set; null: none.</summary>
    public string? Lasting
    {
        get => _lasting;
        set => _lasting = value;
    }

    /// <summary>Lets the next call fail, once.</summary>
    /// <param name="method">The name of a method of <see cref="IBroadcaster"/>, or of <see cref="IRoomLog"/>.</param>
    public void FailNext(string method) => Volatile.Write(ref _next, method);

    public bool Takes(string method)
    {
        var next = Volatile.Read(ref _next);
        return _lasting == method || (next == method && Interlocked.CompareExchange(ref _next, null, next) == next);
    }
}
